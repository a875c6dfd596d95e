"""How the scores of the main outcomes are spread at both waves, by arm (F4)."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import Cell, ReleasedFacts, ReleasedLine
from evaluation.release.report.blocks import Align, Column, Figure, Group, Row, Table
from evaluation.release.report.cell_text import number, show


def spread_figures(facts: ReleasedFacts, study: Study, say: Language) -> tuple[Figure, ...]:
    """One for each main outcome whose bars may leave; the lines are bars, in order."""
    lines = facts.measures.spreads if facts.measures else ()
    outcomes = tuple(dict.fromkeys(line.key[0] for line in lines))
    scales = {outcome.outcome: outcome.scale for outcome in facts.outcomes}
    return tuple(
        _figure(outcome, scales[outcome], [x for x in lines if x.key[0] == outcome], study, say)
        for outcome in outcomes
        if outcome in scales
    )


def _figure(
    outcome: str, scale: str, lines: Sequence[ReleasedLine], study: Study, say: Language
) -> Figure:
    id, name = f"spread-{outcome}", say.text(study.scales[scale].name)
    series = tuple(dict.fromkeys((line.key[1], line.key[2]) for line in lines))
    bars = tuple(dict.fromkeys((line.key[3], line.key[4]) for line in lines))
    cells = {line.key[1:]: line.number("share") for line in lines}
    rows = tuple(
        Row(_bar(bar, bar == bars[-1], say), tuple(show(cells[*one, *bar], say) for one in series))
        for bar in bars
    )
    heads = tuple(_series(arm, wave, study, say) for arm, wave in series)
    table = Table(
        f"{id}-data",
        "",
        (Column(say("report.column.score"), Align.TEXT), *map(Column, heads)),
        (Group("", rows),),
    )
    said = "; ".join(
        f"{head}: {', '.join(f'{row.head} {row.cells[place]}' for row in rows)}"
        for place, head in enumerate(heads)
    )
    return Figure(
        id=id,
        caption=say("chart.spread.title", outcome=name),
        svg=_svg(id, rows, series, cells, bars, study, say),
        alternative=say("chart.spread.alternative", outcome=name, rows=said),
        table=table,
        notes=(say("chart.spread.note"),),
    )


def _svg(
    id: str,
    rows: Sequence[Row],
    series: Sequence[tuple[str, str]],
    cells: dict[tuple[str, ...], Cell],
    bars: Sequence[tuple[str, str]],
    study: Study,
    say: Language,
) -> str:
    from evaluation.release.report.charts.spreads import Panel, draw

    arms = tuple(dict.fromkeys(arm for arm, _ in series))
    waves = tuple(dict.fromkeys(wave for _, wave in series))
    panels = tuple(
        Panel(
            title=say(f"report.arm.{arm}"),
            bars=tuple(
                tuple(
                    (number(cells[arm, wave, *bar]) or 0.0, show(cells[arm, wave, *bar], say))
                    for wave in waves
                )
                for bar in bars
            ),
        )
        for arm in arms
    )
    names = tuple(say.text(study.wave(int(wave)).name) for wave in waves)
    return draw(panels, tuple(row.head for row in rows), names, id)


def _series(arm: str, wave: str, study: Study, say: Language) -> str:
    name = say.text(study.wave(int(wave)).name)
    return say("chart.spread.series", arm=say(f"report.arm.{arm}"), wave=name)


def _bar(ends: tuple[str, str], last: bool, say: Language) -> str:
    low, high = (say.number(float(end), 1) for end in ends)
    return say("chart.spread.last" if last else "chart.spread.range", low=low, high=high)
