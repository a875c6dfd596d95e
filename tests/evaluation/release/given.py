"""A comparison with plausible, invented numbers, to be changed where a test needs it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from evaluation.design import Study
from evaluation.records.estimates import (
    ArmFlow,
    BatchQuality,
    Comparison,
    Estimate,
    ParticipantFlow,
    Run,
)
from evaluation.records.opinions import (
    Bootstrap,
    Companion,
    LeftOut,
    Leverage,
    Permutation,
    Word,
)
from evaluation.release.disclosure import ReleasedFacts, protect
from evaluation.release.report.facts import Facts
from tests.evaluation.release.given_study import FAMILIES, RULES, plan, scale, study, texts

__all__ = ["FAMILIES", "RULES", "plan", "scale", "study", "texts"]


def estimate(outcome: str = "reading", **changes: object) -> Estimate:
    """A clear difference: +0.31 points, interval well away from zero, no caution."""
    made = Estimate(
        outcome=outcome,
        scale=outcome,
        family=FAMILIES[outcome],
        estimator="ancova",
        value=0.314,
        standard_error=0.09,
        low=0.094,
        high=0.534,
        dof=6.44,
        p_value=0.0121,
        p_adjusted=0.0242,
        adjusted_by="holm",
        method="CR2, Satterthwaite",
        standardised=0.392,
        baseline_gap=0.081,
        baseline_pilot=3.214,
        baseline_comparison=3.158,
        endline_pilot=3.642,
        endline_comparison=3.309,
        n_pilot=171,
        n_comparison=166,
        regions_pilot=5,
        regions_comparison=5,
        smallest_p=2 / 252,
        smallest_effect=0.28,
        verdict=Word.SUPPORTED,
        **opinions(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def opinions() -> dict[str, Any]:
    """What stands beside a clear difference: all of it agrees."""
    return {
        "bootstraps": (
            Bootstrap("WCR11", "region", 0.0234, 0.061, 0.571, 1024, True, 2 / 1024, "WCR11"),
            Bootstrap("WCU11", "region", 0.0312, 0.05, 0.58, 1024, True, 0.0, "WCU11"),
        ),
        "permutation": Permutation(0.0317, 2 / 252, 252, True, "all"),
        "left_out": LeftOut(0.2718, 0.3621, True),
        "leverage": Leverage(0.1381, 9.64, 9.1),
        "intraclass": 0.0449,
        "companions": (
            Companion("change_score", 0.287, 0.1, 6.1, 0.04, 0.53, 0.0287, "CR2", "points"),
            Companion("ordinal", 0.812, 0.3, 8.0, 0.12, 1.5, 0.0271, "odds", "log odds"),
            Companion("mixed_model", reason="variances_unknown"),
        ),
        "p_max_t": 0.0476,
    }


def unclear(outcome: str = "telling", **changes: object) -> Estimate:
    """An interval that holds zero."""
    numbers = {
        "value": 0.11,
        "low": -0.13,
        "high": 0.35,
        "p_value": 0.31,
        "p_adjusted": 0.31,
        "verdict": Word.NO_EVIDENCE,
        "verdict_reasons": ("adjusted_p", "bootstrap_p"),
    }
    return replace(estimate(outcome), **{**numbers, **changes})  # type: ignore[arg-type]


def unanswered(
    outcome: str = "listening", reason: str = "baseline_gap", **more: object
) -> Estimate:
    """No number, and the reason why."""
    numbers = (
        "value low high standard_error dof p_value p_adjusted adjusted_by standardised "
        "smallest_effect"
    )
    nothing: dict[str, Any] = dict.fromkeys(numbers.split())
    nothing |= dict.fromkeys(opinions(), None) | {"bootstraps": (), "companions": ()}
    word = {"verdict": Word.NOT_ESTIMABLE, "verdict_reasons": (reason,)}
    return replace(estimate(outcome), **{**nothing, **word, "reason": reason, **more})


def arm(name: str, *steps: int | None, regions: int = 5) -> ArmFlow:
    """`steps`: eligible, approached, baseline, endline, both, analysed."""
    eligible, approached, baseline, endline, both, analysed = steps
    assert None not in (baseline, endline, both, analysed)
    return ArmFlow(
        name,
        regions,
        eligible,
        approached,
        baseline or 0,
        endline or 0,
        both or 0,
        analysed or 0,
    )


PILOT = arm("pilot", 236, 220, 204, 193, 181, 171)
COMPARISON = arm("comparison", 231, 214, 198, 188, 176, 166)


def flow(*arms: ArmFlow, moved: int = 4, unassigned: int = 0) -> ParticipantFlow:
    return ParticipantFlow(arms or (PILOT, COMPARISON), moved=moved, unassigned=unassigned)


def quality(**changes: object) -> BatchQuality:
    made = BatchQuality(
        batches=22,
        refused=1,
        rows=866,
        accepted=825,
        held=29,
        without_consent=12,
        item_answers=22_050,
        item_missing=1_080,
        findings=(("frequent", 42), ("rare", 3)),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def run(**changes: object) -> Run:
    made = Run(
        id="run-7",
        as_of=datetime(2030, 12, 30, 18, tzinfo=UTC),
        started_at=datetime(2030, 12, 31, 6, tzinfo=UTC),
        code_version="9.8.7",
        plan_digest="a1" * 32,
        plan_dated=date(2030, 2, 1),
        study_digest="b2" * 32,
        data_digest="c3" * 32,
        batches=("d4" * 32, "e5" * 32),
        versions=(("numpy", "2.4.1"),),
        synthetic=True,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def comparison(
    *estimates: Estimate,
    participants: ParticipantFlow | None = None,
    batches: BatchQuality | None = None,
    origin: Run | None = None,
) -> Comparison:
    return Comparison(
        run=origin or run(),
        estimates=estimates or (estimate(), unclear(), unanswered()),
        flow=participants or flow(),
        quality=batches or quality(),
    )


def released(found: Comparison | None = None, of: Study | None = None) -> ReleasedFacts:
    of = of or study()
    return protect(Facts(found or comparison(), of), of.disclosure)
