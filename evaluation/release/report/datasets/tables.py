"""One table an indicator; shares that are not broken down stand together in one."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.design import Kind
from evaluation.release.disclosure import ReleasedIndicator, ReleasedRow
from evaluation.release.report.blocks import Align, Column, Group, Row, Table
from evaluation.release.report.cell_text import interval, show
from evaluation.release.report.datasets.names import Names

LEVEL = 0.95


def table_of(names: Names, released: ReleasedIndicator) -> Table:
    kind = names.indicator.kind
    if kind is Kind.SHARE:
        return shares_table(names.title, [(names, released)])
    if kind is Kind.PAIRED:
        return _paired(names, released)
    if kind is Kind.MEAN:
        return _means(names, released)
    if len(names.indicator.by) == 2:
        return _crossed(names, released)
    return _counts(names, released)


def _table(
    names: Names, columns: Sequence[Column], rows: Sequence[Row], *notes: str, first: str = ""
) -> Table:
    return Table(
        id=table_id(names),
        caption=names.title,
        columns=(Column(first or _first(names), Align.TEXT), *columns),
        groups=(Group("", tuple(rows)),),
        notes=notes,
    )


def table_id(names: Names) -> str:
    return f"{names.instrument.id}-{names.indicator.id}".replace("_", "-")


def _first(names: Names) -> str:
    return names.field(0) if names.indicator.by else names.say("report.dataset.what")


def _counted(names: Names) -> str:
    things = names.things and names.indicator.kind in (Kind.COUNT, Kind.MEAN)
    return names.say("report.column.number" if things else "report.dataset.people")


def _counts(names: Names, released: ReleasedIndicator) -> Table:
    rows = [Row(names.of_line(line), (show(line.n, names.say),)) for line in released.lines]
    if released.planned is not None:
        planned = names.say("report.dataset.planned")
        rows.insert(0, Row(planned, (names.say.number(released.planned),)))
    return _table(names, [Column(_counted(names))], rows)


def _crossed(names: Names, released: ReleasedIndicator) -> Table:
    by = names.indicator.by
    across = list(dict.fromkeys(line.codes[1] for line in released.lines))
    down = list(dict.fromkeys(line.codes[0] for line in released.lines))
    cells = {line.codes: show(line.n, names.say) for line in released.lines}
    rows = [Row(names.code(by[0], d), tuple(cells[d, a] for a in across)) for d in down]
    return _table(names, [Column(names.code(by[1], code)) for code in across], rows)


def _means(names: Names, released: ReleasedIndicator) -> Table:
    say = names.say
    rows = [
        Row(names.of_line(line), (show(line.n, say), show(line.first, say)))
        for line in released.lines
    ]
    columns = [Column(_counted(names)), Column(say("report.dataset.mean"))]
    return _table(names, columns, rows)


def _paired(names: Names, released: ReleasedIndicator) -> Table:
    say, mark = names.say, names.indicator.reached
    columns = [
        Column(say("report.dataset.people")),
        Column(names.end(0)),
        Column(names.end(1)),
        Column(say("report.column.difference_short")),
        Column(say("report.column.interval", level=LEVEL)),
    ]
    if mark is not None:
        columns.append(Column(say("report.dataset.reached", mark=mark)))
    rows = [
        Row(
            names.of_line(line),
            (
                show(line.n, say),
                show(line.first, say),
                show(line.second, say),
                show(line.difference, say, signed=True),
                interval(line.low, line.high, say),
                *((show(line.share, say),) if mark is not None else ()),
            ),
        )
        for line in released.lines
    ]
    return _table(names, columns, rows, say("report.dataset.paired_note"))


def shares_table(title: str, together: Sequence[tuple[Names, ReleasedIndicator]]) -> Table:
    names = together[0][0]
    say = names.say
    rows = [_share_row(each, line) for each, found in together for line in found.lines]
    columns = [
        Column(say("report.dataset.people")),
        Column(say("report.dataset.share")),
        Column(say("report.column.interval", level=LEVEL)),
    ]
    made = _table(names, columns, rows, say("report.dataset.share_note"))
    return Table(made.id, title, made.columns, made.groups, made.notes)


def _share_row(names: Names, line: ReleasedRow) -> Row:
    say = names.say
    shown = say("report.interval", low=show(line.share_low, say), high=show(line.share_high, say))
    between = shown if line.share_low is not line.share else show(line.share_low, say)
    return Row(names.of_line(line), (show(line.n, say), show(line.share, say), between))
