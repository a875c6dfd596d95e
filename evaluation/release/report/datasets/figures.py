"""Pictures of a dataset: pairs of answers, and what happened in which order."""

from __future__ import annotations

from dataclasses import replace

from evaluation.design import Kind
from evaluation.release.disclosure import ReleasedIndicator
from evaluation.release.report.blocks import Figure, Table
from evaluation.release.report.cell_text import number, show
from evaluation.release.report.datasets.names import Names
from evaluation.release.report.datasets.tables import table_id


def figure_of(names: Names, released: ReleasedIndicator, table: Table) -> tuple[Figure, ...]:
    """No figure where the gate left nothing to draw."""
    if names.indicator.kind is Kind.PAIRED:
        return _pairs(names, released, table)
    return _stacks(names, released, table)


def _pairs(names: Names, released: ReleasedIndicator, table: Table) -> tuple[Figure, ...]:
    from evaluation.release.report.charts.pairs import Pair, draw

    drawn = [
        Pair(names.of_line(line), first, second, (show(line.first, say), show(line.second, say)))
        for say in (names.say,)
        for line in released.lines
        if (first := number(line.first)) is not None and (second := number(line.second)) is not None
    ]
    if not drawn:
        return ()
    ends = (names.end(0), names.end(1))
    svg = draw(tuple(drawn), ends, tick=names.say.number, id=f"{table_id(names)}-pairs")
    rows = "; ".join(f"{pair.name}: {' → '.join(pair.text)}" for pair in drawn)
    said = names.say("chart.pairs.alternative", first=ends[0], second=ends[1], rows=rows)
    return (_figure(names, svg, said, table),)


def _stacks(names: Names, released: ReleasedIndicator, table: Table) -> tuple[Figure, ...]:
    from evaluation.release.report.charts.stacks import Stack, draw

    by = names.indicator.by
    layers = list(dict.fromkeys(line.codes[1] for line in released.lines))
    places = list(dict.fromkeys(line.codes[0] for line in released.lines))
    counts = {line.codes: number(line.n) for line in released.lines}
    if None in counts.values() or not counts:
        return ()
    stacks = tuple(
        Stack(names.code(by[1], layer), tuple(counts[place, layer] or 0.0 for place in places))
        for layer in layers
    )
    labels = tuple(names.code(by[0], place) for place in places)
    svg = draw(stacks, labels, axis=names.field(0), id=f"{table_id(names)}-stacks")
    rows = "; ".join(
        f"{label}: {', '.join(f'{s.name} {names.say.number(s.counts[n])}' for s in stacks)}"
        for n, label in enumerate(labels)
    )
    return (_figure(names, svg, names.say("chart.stacks.alternative", rows=rows), table),)


def _figure(names: Names, svg: str, alternative: str, table: Table) -> Figure:
    return Figure(
        id=f"{table.id}-figure",
        caption=names.title,
        svg=svg,
        alternative=alternative,
        table=replace(table, id=f"{table.id}-data"),
    )
