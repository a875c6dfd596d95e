"""The forest of challenges: each main outcome's estimate and what every challenge makes of it.

Only what has a number or a band is drawn; the tables name the rest with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedChallenge, ReleasedFacts, ReleasedOutcome
from evaluation.release.report.blocks import Align, Column, Figure, Group, Row, Table
from evaluation.release.report.cell_text import number
from evaluation.release.report.evidence_tables import challenge_text


def evidence_figures(facts: ReleasedFacts, study: Study, say: Language) -> tuple[Figure, ...]:
    """One for each outcome of the plan's first family of which any number may leave."""
    assert study.plan is not None
    first = study.plan.outcomes[0].family
    made = []
    for outcome in (outcome for outcome in facts.outcomes if outcome.family == first):
        drawn = tuple(
            cell
            for cell in facts.evidence
            if cell.outcome == outcome.outcome and number(cell.low) is not None
        )
        if drawn:
            made.append(_figure(outcome, drawn, study, say))
    return tuple(made)


def _figure(
    outcome: ReleasedOutcome, drawn: Sequence[ReleasedChallenge], study: Study, say: Language
) -> Figure:
    id, name = f"forest-{outcome.outcome}", say.text(study.scales[outcome.scale].name)
    rows = tuple(
        Row(say(f"report.challenge.{cell.name}"), challenge_text(cell, say)) for cell in drawn
    )
    said = "; ".join(f"{row.head}: {row.cells[0]} ({row.cells[1]})" for row in rows)
    columns = (
        Column(say("report.column.challenge"), Align.TEXT),
        Column(say("report.column.difference")),
        Column(say("report.sensitivity.within")),
    )
    return Figure(
        id=id,
        caption=say("chart.evidence.title", outcome=name),
        svg=_svg(drawn, rows, say, id),
        alternative=say("chart.evidence.alternative", outcome=name, rows=said),
        table=Table(f"{id}-data", "", columns, (Group("", rows),)),
        notes=(say("chart.evidence.key", level=outcome.level),),
    )


def _svg(drawn: Sequence[ReleasedChallenge], rows: Sequence[Row], say: Language, id: str) -> str:
    from evaluation.release.report.charts.differences import Difference, Words, draw

    return draw(
        tuple(
            Difference(
                name=row.head,
                group="",
                value=number(cell.value),
                low=number(cell.low),
                high=number(cell.high),
                clear=cell.name == "headline",
                text=("" if cell.band else row.cells[0], row.cells[1]),
            )
            for cell, row in zip(drawn, rows, strict=True)
        ),
        Words(
            axis=say("chart.differences.axis"),
            lower=say("chart.differences.lower"),
            higher=say("chart.differences.higher"),
            value=say("report.column.difference_short"),
            interval=say("report.sensitivity.within"),
        ),
        tick=lambda value: say.number(value, 1, signed=True),
        id=id,
    )
