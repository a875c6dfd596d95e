"""All outcomes of the plan in the same layout, whatever came out: three tables, one chart."""

from __future__ import annotations

from collections.abc import Callable

from evaluation.design import Study
from evaluation.language import Language
from evaluation.records.opinions import Word
from evaluation.release.disclosure import ReleasedFacts, ReleasedOutcome, ReleasedPlanning
from evaluation.release.report.blocks import (
    Align,
    Block,
    Bullets,
    Column,
    Group,
    Paragraph,
    Row,
    Section,
    Subheading,
    Table,
    Term,
    Terms,
)
from evaluation.release.report.cell_text import interval, show
from evaluation.release.report.differences import difference_figure, families, family_title
from evaluation.release.report.findings import findings
from evaluation.release.report.plan_blocks import planning_note
from evaluation.release.report.references import cite
from evaluation.release.report.second_opinions import second_opinions
from evaluation.release.report.spread_figures import spread_figures
from evaluation.release.report.wording import verdict_reasons, verdict_text

Cells = Callable[[ReleasedOutcome], tuple[str, ...]]


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section:
    assert study.plan is not None
    outcomes = facts.outcomes
    blocks: tuple[Block, ...] = (
        Paragraph(say("report.results.intro")),
        Paragraph(say("report.results.estimand", estimand=say.text(study.plan.estimand))),
        *findings(facts, study, say),
        *difference_figure(outcomes, study, say, id="differences"),
        *spread_figures(facts, study, say),
        _differences(outcomes, study, say),
        _means(outcomes, study, say),
        _design(outcomes, study, say, facts.planning),
        *second_opinions(outcomes, facts.provenance, study, say),
        Paragraph(_coverage(facts, say)),
        Subheading(say("report.results.words")),
        Terms(tuple(_word(word, say) for word in Word)),
        *_remarks(outcomes, study, say),
    )
    return Section("results", say("report.results.title"), blocks)


def _coverage(facts: ReleasedFacts, say: Language) -> str:
    return say("report.results.coverage", share=show(facts.flow.coverage, say)) + cite("flow")


def _differences(outcomes: tuple[ReleasedOutcome, ...], study: Study, say: Language) -> Table:
    def cells(o: ReleasedOutcome) -> tuple[str, ...]:
        return (
            show(o.value, say, signed=True),
            interval(o.low, o.high, say),
            show(o.p_value, say),
            show(o.p_adjusted, say),
            verdict_text(o, say),
        )

    columns = (
        Column(say("report.column.difference")),
        Column(say("report.column.interval", level=outcomes[0].level if outcomes else 0.95)),
        Column(say("report.column.p")),
        Column(say("report.column.p_adjusted")),
        Column(say("report.column.verdict"), Align.TEXT),
    )
    caption = say("report.results.differences")
    notes = (say("report.results.differences_note"), *_methods(outcomes, say))
    return _table("differences-table", caption, columns, outcomes, cells, study, say, notes)


def _means(outcomes: tuple[ReleasedOutcome, ...], study: Study, say: Language) -> Table:
    def cells(o: ReleasedOutcome) -> tuple[str, ...]:
        means = (o.baseline_pilot, o.endline_pilot, o.baseline_comparison, o.endline_comparison)
        return (*(show(mean, say) for mean in means), show(o.baseline_gap, say, signed=True))

    names = ("pilot_start", "pilot_end", "comparison_start", "comparison_end", "gap")
    columns = tuple(Column(say(f"report.column.{name}")) for name in names)
    notes = (say("report.results.means_note"),)
    caption = say("report.results.means")
    return _table("means", caption, columns, outcomes, cells, study, say, notes)


def _design(
    outcomes: tuple[ReleasedOutcome, ...],
    study: Study,
    say: Language,
    planning: ReleasedPlanning | None,
) -> Table:
    def cells(o: ReleasedOutcome) -> tuple[str, ...]:
        return (
            show(o.standardised, say, signed=True),
            show(o.smallest_effect, say),
            say("report.results.two_numbers", pilot=o.regions_pilot, other=o.regions_comparison),
            show(o.dof, say),
            show(o.smallest_p, say),
            say(f"report.origin.{o.origin}"),
        )

    names = ("standardised", "smallest_effect", "regions", "dof", "smallest_p")
    columns = (
        *(Column(say(f"report.column.{name}")) for name in names),
        Column(say("report.column.origin"), Align.TEXT),
    )
    notes = (say("report.results.design_note"), *planning_note(planning, say))
    caption = say("report.results.design")
    return _table("design", caption, columns, outcomes, cells, study, say, notes)


def _table(
    id: str,
    caption: str,
    columns: tuple[Column, ...],
    outcomes: tuple[ReleasedOutcome, ...],
    cells: Cells,
    study: Study,
    say: Language,
    notes: tuple[str, ...],
) -> Table:
    groups = tuple(
        Group(
            family_title(family, say),
            tuple(
                Row(say.text(study.scales[o.scale].name), cells(o))
                for o in outcomes
                if o.family == family
            ),
        )
        for family in families(outcomes)
    )
    first = Column(say("report.column.outcome"), Align.TEXT)
    return Table(id, caption, (first, *columns), groups, notes)


def _methods(outcomes: tuple[ReleasedOutcome, ...], say: Language) -> tuple[str, ...]:
    """How p-values were got and adjusted, family by family, each method said once."""
    used = dict.fromkeys(
        (
            family_title(o.family, say),
            _named("estimator", o.estimator, say),
            o.method,
            o.adjusted_by,
        )
        for o in outcomes
        if o.reason is None
    )
    return tuple(
        say(
            "report.results.method",
            family=family,
            estimator=estimator,
            method=method,
            adjusted=_named("adjusted", adjusted or "none", say),
        )
        for family, estimator, method, adjusted in used
    )


def _named(kind: str, id: str, say: Language) -> str:
    """Estimators and adjustments are files of the analysis; those without a word keep their id."""
    key = f"report.{kind}.{id}"
    return say(key) if say.knows(key) else id


def _word(word: Word, say: Language) -> Term:
    return Term(say(f"report.verdict.{word}"), say(f"report.verdict.{word}.meaning"))


def _remarks(
    outcomes: tuple[ReleasedOutcome, ...], study: Study, say: Language
) -> tuple[Block, ...]:
    said: dict[str, list[str]] = {}
    for outcome in outcomes:
        rules = [f"caution.{rule}" for rule in outcome.cautions]
        rules += [f"reason.{outcome.reason}"] if outcome.reason else []
        for rule in dict.fromkeys((*rules, *verdict_reasons(outcome))):
            said.setdefault(rule, []).append(say.text(study.scales[outcome.scale].name))
    if not said:
        return ()
    lines = tuple(
        say("report.results.remark", outcomes=", ".join(names), remark=say(rule))
        for rule, names in said.items()
    )
    return Subheading(say("report.results.remarks")), Bullets(lines)
