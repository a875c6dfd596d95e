"""Whether the groups were alike at the beginning, outcome by outcome (TREND 14 and 15)."""

from __future__ import annotations

from evaluation.design import Plan, Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts, ReleasedOutcome
from evaluation.release.report.blocks import (
    Align,
    Column,
    Group,
    Paragraph,
    Row,
    Section,
    Table,
)
from evaluation.release.report.cell_text import number, show
from evaluation.release.report.covariate_table import covariate_tables
from evaluation.release.report.differences import families, family_title

APART, ADJUSTED = 0.25, 0.05
"""Standardised gaps of What Works Clearinghouse, for a plan that names none."""

COLUMNS = ("pilot_start", "comparison_start", "gap", "alike")


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section:
    assert study.plan is not None
    apart, adjusted = _limits(study.plan)
    intro = say("report.comparable.intro", limit=say.number(apart, 2))
    groups = tuple(
        Group(
            family_title(family, say),
            tuple(
                _row(outcome, study, say, apart, adjusted)
                for outcome in facts.outcomes
                if outcome.family == family
            ),
        )
        for family in families(facts.outcomes)
    )
    table = Table(
        id="comparable",
        caption=say("report.comparable.caption"),
        columns=(
            Column(say("report.column.outcome"), Align.TEXT),
            *(Column(say(f"report.column.{name}"), _align(name)) for name in COLUMNS),
        ),
        groups=groups,
        notes=(say("report.comparable.note"),),
    )
    return Section(
        "comparability",
        say("report.comparable.title"),
        (Paragraph(intro), table, *covariate_tables(facts, study, say)),
    )


def _limits(plan: Plan) -> tuple[float, float]:
    limits = plan.thresholds
    return limits.get("gap_refuse", APART), limits.get("gap_adjust", ADJUSTED)


def _align(name: str) -> Align:
    return Align.TEXT if name == "alike" else Align.NUMBER


def _row(
    outcome: ReleasedOutcome, study: Study, say: Language, apart: float, adjusted: float
) -> Row:
    cells = (
        show(outcome.baseline_pilot, say),
        show(outcome.baseline_comparison, say),
        show(outcome.baseline_gap, say, signed=True),
        _judged(outcome, say, apart, adjusted),
    )
    return Row(say.text(study.scales[outcome.scale].name), cells)


def _judged(outcome: ReleasedOutcome, say: Language, apart: float, adjusted: float) -> str:
    """By the gap as it is printed: a reader must be able to check the word by the number. Only
    where the analysis itself found the groups too far apart, that stands, whatever the rounding."""
    gap = number(outcome.baseline_gap)
    if gap is None:
        return show(outcome.baseline_gap, say)
    if outcome.reason == "baseline_gap" or "baseline_gap" in outcome.verdict_reasons:
        return say("report.comparable.apart")
    if abs(gap) > apart:
        return say("report.comparable.apart")
    return say("report.comparable.adjusted" if abs(gap) > adjusted else "report.comparable.alike")
