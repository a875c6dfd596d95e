"""The results in other units, and how much it would take to undo them."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import Mark, ReleasedFacts, ReleasedLine, ReleasedOutcome
from evaluation.release.report.blocks import Align, Block, Column, Group, Row, Subheading, Table
from evaluation.release.report.cell_text import interval, number, show
from evaluation.release.report.covariate_table import covariate_label
from evaluation.release.report.differences import families, family_title

UNITS = ("pomp", "glass", "hedges")
UNSEEN = ("robustness", "robustness_alpha", "e_point", "e_limit")

Cells = dict[str, tuple[str, ...]]
"""Outcome → its row; inside this file."""


def strength_tables(facts: ReleasedFacts, study: Study, say: Language) -> tuple[Block, ...]:
    """Nothing for a run that kept none."""
    if facts.measures is None or not facts.measures.robustness:
        return ()
    found = facts.measures
    sizes = {
        line.key[0]: tuple(_size(line, unit, say) for unit in UNITS) for line in found.robustness
    }
    unseen = {
        line.key[0]: (
            *(show(line.number(name), say) for name in UNSEEN),
            _seen(line.key[0], found.seen_causes, study, say),
        )
        for line in found.robustness
    }
    margin = {line.key[0]: _within(line, say) for line in found.robustness}
    return (
        Subheading(say("report.strength.title")),
        _table("sizes", UNITS, sizes, facts.outcomes, study, say),
        _table("unseen", (*UNSEEN, "seen"), unseen, facts.outcomes, study, say),
        *_margins(margin, facts.outcomes, study, say),
    )


def _size(line: ReleasedLine, unit: str, say: Language) -> str:
    value = line.number(unit)
    if isinstance(value, Mark):
        return show(value, say)
    within = interval(line.number(f"{unit}_low"), line.number(f"{unit}_high"), say)
    return say("report.sensitivity.cell", value=show(value, say, signed=True), interval=within)


def _seen(outcome: str, causes: Sequence[ReleasedLine], study: Study, say: Language) -> str:
    """What would be left beside a cause as strong as the strongest that was seen."""
    own = [
        line
        for line in causes
        if line.key[0] == outcome and number(line.number("left")) is not None
    ]
    if not own:
        hidden = any(line.key[0] == outcome and line.reason is None for line in causes)
        return f"[{Mark.CONFIDENTIAL if hidden else Mark.NOT_AVAILABLE}]"
    strongest = max(own, key=lambda line: number(line.number("with_outcome")) or 0.0)
    return say(
        "report.strength.left",
        left=show(strongest.number("left"), say, signed=True),
        cause=covariate_label(strongest.key[1], study, say),
    )


def _within(line: ReleasedLine, say: Language) -> tuple[str, ...]:
    said = line.word("equivalent")
    mark = show(line.number("p_equivalence"), say)
    return mark, say(f"report.strength.within.{said}") if said else mark


def _margins(
    cells: Cells, outcomes: tuple[ReleasedOutcome, ...], study: Study, say: Language
) -> tuple[Block, ...]:
    """Only where the plan names a margin."""
    assert study.plan is not None
    margin = study.plan.challenges.margin
    if margin is None:
        return ()
    names, note = (
        ("p_equivalence", "within"),
        say("report.strength.margin.note", margin=say.number(margin, 2)),
    )
    return (_table("margin", names, cells, outcomes, study, say, note),)


def _table(
    id: str,
    names: tuple[str, ...],
    cells: Cells,
    outcomes: tuple[ReleasedOutcome, ...],
    study: Study,
    say: Language,
    note: str | None = None,
) -> Table:
    nothing = (f"[{Mark.NOT_AVAILABLE}]",) * len(names)
    groups = tuple(
        Group(
            family_title(family, say),
            tuple(
                Row(say.text(study.scales[o.scale].name), cells.get(o.outcome, nothing))
                for o in outcomes
                if o.family == family
            ),
        )
        for family in families(outcomes)
    )
    columns = tuple(Column(say(f"report.column.{name}")) for name in names)
    first = Column(say("report.column.outcome"), Align.TEXT)
    caption = say(f"report.strength.{id}")
    notes = (note or say(f"report.strength.{id}.note"),)
    return Table(f"strength-{id}", caption, (first, *columns), groups, notes)
