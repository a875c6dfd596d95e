"""What the analysis answers with: a number with everything needed to doubt it, or a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from evaluation.records.indicators import DatasetFound
from evaluation.records.opinions import (
    Bootstrap,
    Companion,
    LeftOut,
    Leverage,
    Permutation,
    Word,
    second_test,
)
from evaluation.records.printing import lines_of


@dataclass(frozen=True, slots=True)
class Estimate:
    """Pilot minus comparison, in points of the scale, for one outcome of the plan.

    Either `value` and its companions are set, or `reason` names why there is no number
    (a message `reason.<rule>`). `standard_error`, `low`, `high`, `p_value` are of the method
    named in `method`; `dof` are Satterthwaite's. `smallest_p` is the smallest two-sided p that
    any permutation of these regions could reach; `smallest_effect` (points) the effect that
    this design would have found with the plan's power. `standardised` divides by the
    comparison arm's SD at baseline. `baseline_gap` is the standardised difference at baseline.
    `cautions` are rule ids (messages `caution.<rule>`), `p_adjusted` is within its family.

    Second opinions on the same number: `bootstraps` (WCR11 first), `permutation`, `left_out`,
    `leverage`, `companions`; `intraclass` is the share of the baseline's variance between
    regions. `p_max_t` is the family's step-down max-t beside a family-wise adjustment,
    `q_sharpened` Anderson's beside a false discovery rate, for exploring only. `unavailable`
    names opinions that could not be had, each with its rule. `verdict` weighs all of it, and
    `verdict_reasons` say what forbids an estimate or what is missing to be supported; None in
    runs that were kept before there were verdicts.
    """

    outcome: str
    scale: str
    family: str
    estimator: str
    value: float | None = None
    standard_error: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    dof: float | None = None
    p_value: float | None = None
    p_adjusted: float | None = None
    adjusted_by: str | None = None
    method: str = ""
    standardised: float | None = None
    baseline_gap: float | None = None
    baseline_pilot: float | None = None  # means of the analysed children, points
    baseline_comparison: float | None = None
    endline_pilot: float | None = None
    endline_comparison: float | None = None
    n_pilot: int = 0
    n_comparison: int = 0
    regions_pilot: int = 0
    regions_comparison: int = 0
    smallest_p: float | None = None
    smallest_effect: float | None = None
    reason: str | None = None
    cautions: tuple[str, ...] = ()
    bootstraps: tuple[Bootstrap, ...] = ()
    permutation: Permutation | None = None
    left_out: LeftOut | None = None
    leverage: Leverage | None = None
    intraclass: float | None = None
    companions: tuple[Companion, ...] = ()
    unavailable: tuple[tuple[str, str], ...] = ()  # opinion → rule
    p_max_t: float | None = None
    q_sharpened: float | None = None
    verdict: Word | None = None
    verdict_reasons: tuple[str, ...] = ()  # messages `reason.<rule>` or `caution.<rule>`

    def __post_init__(self) -> None:
        assert (self.value is None) == (self.reason is not None), self.outcome

    @property
    def wild_bootstrap(self) -> Bootstrap | None:
        return second_test(self.bootstraps)

    def summary(self, run: Run) -> str:
        """Every number under its own name, a line each, and where it comes from.

        For the desk of the analyst: what leaves goes through the gate out.
        """
        made = {
            "plan_digest": run.plan_digest,
            "data_digest": run.data_digest,
            "code_version": run.code_version,
            "versions": run.versions,
        }
        return "\n".join((*lines_of(self), *lines_of(made)))


@dataclass(frozen=True, slots=True)
class ArmFlow:
    """Children of one arm at each step. `eligible` and `approached` are as the batches declare."""

    arm: str
    regions: int
    eligible: int | None
    approached: int | None
    baseline: int  # children with stored answers at the first wave
    endline: int  # … at the last wave
    both: int  # children linked over the two waves
    analysed: int  # … with a score of at least one outcome at both


@dataclass(frozen=True, slots=True)
class ParticipantFlow:
    arms: tuple[ArmFlow, ...]
    moved: int  # children whose region differs between the waves: kept where they began
    unassigned: int  # children of regions without a role


@dataclass(frozen=True, slots=True)
class BatchQuality:
    """What the gate in did, over all batches that the run saw. Counts only."""

    batches: int
    refused: int
    rows: int
    accepted: int
    held: int
    without_consent: int
    item_answers: int  # cells of items with a valid answer
    item_missing: int  # cells of items without
    findings: tuple[tuple[str, int], ...]  # rule → how often, most frequent first


@dataclass(frozen=True, slots=True)
class Run:
    """Where numbers come from. `data_digest` is over the batch ids and the withdrawals seen."""

    id: str
    as_of: datetime
    started_at: datetime
    code_version: str
    plan_digest: str
    plan_dated: date
    study_digest: str
    data_digest: str
    batches: tuple[str, ...]
    versions: tuple[tuple[str, str], ...]  # package → version
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that `compare` finds: what the report is made of, before the gate out."""

    run: Run
    estimates: tuple[Estimate, ...]
    flow: ParticipantFlow
    quality: BatchQuality
    datasets: tuple[DatasetFound, ...] = ()  # those beside the questionnaire
