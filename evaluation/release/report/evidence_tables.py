"""Every result again under every challenge, in tables: one row an outcome, one column a challenge.

Eleven columns do not fit a page in any language: three tables, by what is challenged. A fourth
says what became of the direction, so that nobody has to compare numbers by eye.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import (
    Direction,
    Mark,
    ReleasedChallenge,
    ReleasedFacts,
    ReleasedOutcome,
)
from evaluation.release.report.blocks import Align, Block, Bullets, Column, Group, Row, Table
from evaluation.release.report.cell_text import interval, number, show
from evaluation.release.report.differences import families, family_title

KINDS = {
    "lost": ("imputed", "bounds", "not_at_random"),
    "asked": ("language_items", "arm_items", "quality_flags"),
    "compared": ("reweighted", "by_propensity", "slips_linked", "each_region"),
}
"""The tables, and the challenges that are their columns."""

NOTHING_TO_DO = frozenset({"no_flagged_items", "under_threshold", "no_language"})
"""Reasons for which a challenge is not asked at all, rather than asked in vain."""

Cells = dict[tuple[str, str], ReleasedChallenge]
"""By outcome and challenge; inside this file."""

OfOutcome = Callable[[ReleasedOutcome], tuple[str, ...]]


def evidence_tables(facts: ReleasedFacts, study: Study, say: Language) -> tuple[Block, ...]:
    cells = {(cell.outcome, cell.name): cell for cell in facts.evidence}
    asked = tuple(o for o in facts.outcomes if any(o.outcome == outcome for outcome, _ in cells))
    return (
        _directions(asked, cells, study, say),
        *(_table(kind, names, asked, cells, study, say) for kind, names in KINDS.items()),
        *_reasons(asked, cells, study, say),
    )


def challenge_text(cell: ReleasedChallenge | None, say: Language) -> tuple[str, str]:
    """The value and its interval, or the band; marks where nothing leaves."""
    if cell is None:
        return f"[{Mark.NOT_AVAILABLE}]", f"[{Mark.NOT_AVAILABLE}]"
    if cell.few:
        return f"[{Mark.CONFIDENTIAL}]", f"[{Mark.CONFIDENTIAL}]"
    if cell.reason is not None:
        idle = cell.reason in NOTHING_TO_DO
        mark = f"[{Mark.NOT_APPLICABLE if idle else Mark.NOT_AVAILABLE}]"
        return mark, mark
    value = f"[{Mark.NOT_APPLICABLE}]" if cell.band else show(cell.value, say, signed=True)
    return value, interval(cell.low, cell.high, say)


def _table(
    kind: str,
    names: tuple[str, ...],
    outcomes: Sequence[ReleasedOutcome],
    cells: Cells,
    study: Study,
    say: Language,
) -> Table:
    def row(outcome: ReleasedOutcome) -> tuple[str, ...]:
        return tuple(_in_one(cells.get((outcome.outcome, name)), say) for name in names)

    columns = tuple(Column(say(f"report.challenge.{name}")) for name in names)
    groups = _groups(outcomes, row, study, say)
    notes = (say(f"report.sensitivity.{kind}.note"),)
    return Table(
        f"sensitivity-{kind}",
        say(f"report.sensitivity.{kind}"),
        (_first(say), *columns),
        groups,
        notes,
    )


def _in_one(cell: ReleasedChallenge | None, say: Language) -> str:
    value, within = challenge_text(cell, say)
    if cell is not None and cell.low is Mark.CONFIDENTIAL and cell.direction is not None:
        return say(f"report.direction.{cell.direction}")
    if value.startswith("["):
        return within
    return say("report.sensitivity.cell", value=value, interval=within)


def _directions(
    outcomes: Sequence[ReleasedOutcome], cells: Cells, study: Study, say: Language
) -> Table:
    def row(outcome: ReleasedOutcome) -> tuple[str, ...]:
        own = [cell for (of, _), cell in cells.items() if of == outcome.outcome]
        told = [cell for cell in own if cell.direction is not None]
        if not told:
            mark = f"[{Mark.CONFIDENTIAL if outcome.hidden else Mark.NOT_AVAILABLE}]"
            return mark, mark, mark, mark
        kept = sum(cell.direction is Direction.KEPT for cell in told)
        return (
            say("report.sensitivity.of", kept=kept, asked=len(told)),
            _names([cell for cell in told if cell.direction is Direction.OPEN], say),
            _names([cell for cell in told if cell.direction is Direction.TURNED], say),
            _names(_lost(own), say),
        )

    names = ("kept", "open", "turned", "unclear")
    columns = tuple(
        Column(say(f"report.sensitivity.column.{name}"), Align.TEXT if place else Align.NUMBER)
        for place, name in enumerate(names)
    )
    return Table(
        "sensitivity-directions",
        say("report.sensitivity.directions"),
        (_first(say), *columns),
        _groups(outcomes, row, study, say),
        (say("report.sensitivity.directions.note"),),
    )


def _lost(own: Sequence[ReleasedChallenge]) -> list[ReleasedChallenge]:
    """By the printed numbers: the headline's interval is on one side of zero, theirs is not."""
    clear = [cell for cell in own if cell.name == "headline" and _clear(cell)]
    shown = [c for c in own if number(c.low) is not None and number(c.value) is not None]
    return [cell for cell in shown if not _clear(cell)] if clear else []


def _clear(cell: ReleasedChallenge) -> bool:
    low, high = number(cell.low), number(cell.high)
    return low is not None and high is not None and (low > 0 or high < 0)


def _names(cells: Sequence[ReleasedChallenge], say: Language) -> str:
    named = ", ".join(say(f"report.challenge.{cell.name}") for cell in cells)
    return named or say("report.sensitivity.nothing")


def _groups(
    outcomes: Sequence[ReleasedOutcome], row: OfOutcome, study: Study, say: Language
) -> tuple[Group, ...]:
    return tuple(
        Group(
            family_title(family, say),
            tuple(
                Row(say.text(study.scales[o.scale].name), row(o))
                for o in outcomes
                if o.family == family
            ),
        )
        for family in families(tuple(outcomes))
    )


def _first(say: Language) -> Column:
    return Column(say("report.column.outcome"), Align.TEXT)


def _reasons(
    outcomes: Sequence[ReleasedOutcome], cells: Cells, study: Study, say: Language
) -> tuple[Block, ...]:
    """Why a cell has no number, each reason once for all outcomes that share it."""
    names = {o.outcome: say.text(study.scales[o.scale].name) for o in outcomes}
    said: dict[tuple[str, str], list[str]] = {}
    for (outcome, name), cell in cells.items():
        if cell.reason is not None and outcome in names:
            said.setdefault((name, cell.reason), []).append(names[outcome])
    lines = tuple(
        say(
            "report.sensitivity.reason",
            challenge=say(f"report.challenge.{name}"),
            outcomes=", ".join(who) if len(who) < len(names) else say("report.sensitivity.all"),
            reason=say(f"reason.{reason}"),
        )
        for (name, reason), who in said.items()
    )
    return (Bullets(lines),) if lines else ()
