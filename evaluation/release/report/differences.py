"""The chart of differences with their intervals, and the table behind it."""

from __future__ import annotations

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedOutcome
from evaluation.release.report.blocks import Align, Column, Figure, Group, Row, Table
from evaluation.release.report.cell_text import interval, number, show
from evaluation.release.report.wording import one_sided


def difference_figure(
    outcomes: tuple[ReleasedOutcome, ...], study: Study, say: Language, *, id: str
) -> tuple[Figure, ...]:
    """One figure, or none where there is no outcome to draw."""
    if not outcomes:
        return ()
    table = _table(outcomes, study, say, id=f"{id}-data")
    figure = Figure(
        id=id,
        caption=say("chart.differences.title", level=outcomes[0].level),
        svg=_svg(outcomes, study, say, id),
        alternative=_alternative(table, say),
        table=table,
        notes=(say("chart.differences.key", level=outcomes[0].level),),
    )
    return (figure,)


def family_title(family: str, say: Language) -> str:
    """The study names its families; two have a word in every language."""
    key = f"report.family.{family}"
    return say(key) if say.knows(key) else family


def families(outcomes: tuple[ReleasedOutcome, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(outcome.family for outcome in outcomes))


def _table(outcomes: tuple[ReleasedOutcome, ...], study: Study, say: Language, *, id: str) -> Table:
    level = say("report.column.interval", level=outcomes[0].level)
    return Table(
        id=id,
        caption="",
        columns=(
            Column(say("report.column.outcome"), Align.TEXT),
            Column(say("report.column.difference")),
            Column(level),
        ),
        groups=tuple(
            Group(
                family_title(family, say),
                tuple(_row(o, study, say) for o in outcomes if o.family == family),
            )
            for family in families(outcomes)
        ),
    )


def _row(outcome: ReleasedOutcome, study: Study, say: Language) -> Row:
    within = interval(outcome.low, outcome.high, say)
    name = say.text(study.scales[outcome.scale].name)
    return Row(name, (show(outcome.value, say, signed=True), within))


def _alternative(table: Table, say: Language) -> str:
    rows = (row for group in table.groups for row in group.rows)
    said = "; ".join(f"{row.head}: {row.cells[0]} ({row.cells[1]})" for row in rows)
    return say("chart.differences.alternative", rows=said)


def _svg(outcomes: tuple[ReleasedOutcome, ...], study: Study, say: Language, id: str) -> str:
    from evaluation.release.report.charts.differences import Difference, Words, draw

    several = len(families(outcomes)) > 1
    return draw(
        tuple(
            Difference(
                name=say.text(study.scales[o.scale].name),
                group=family_title(o.family, say) if several else "",
                value=number(o.value),
                low=number(o.low),
                high=number(o.high),
                clear=one_sided(o),
                text=_row(o, study, say).cells,
            )
            for o in outcomes
        ),
        Words(
            axis=say("chart.differences.axis"),
            lower=say("chart.differences.lower"),
            higher=say("chart.differences.higher"),
            value=say("report.column.difference_short"),
            interval=say("report.column.interval", level=outcomes[0].level),
        ),
        tick=lambda value: say.number(value, 1, signed=True),
        id=id,
    )
