"""The tables of an earlier report, with what was shown of them, as the tables' gate wants them."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.release.disclosure.datasets.tables import Counted, said_before
from evaluation.release.disclosure.ledger import Cells
from evaluation.release.disclosure.seal import SEAL
from evaluation.release.disclosure.tables.earlier import Earlier
from evaluation.release.disclosure.tables.result import ReleasedTable, ReleasedTables, TableAudit


def earlier_tables(tables: Sequence[Counted], cells: Cells) -> Earlier:
    released = ReleasedTables(
        parts=tuple(_released(table, cells) for table in tables),
        audit=NOT_ASKED,
        explanations=(),
        seal=SEAL,
    )
    return Earlier({table.name: table.frame for table in tables}, released)


NOT_ASKED = TableAudit(
    cells=0,
    primary=0,
    secondary=0,
    narrowest=None,
    kept=0.0,
    told_before=0,
    optimal=False,
    minimum_cell=0,
    round_counts_to=1,
    seal=SEAL,
)


def _released(table: Counted, cells: Cells) -> ReleasedTable:
    frame = table.frame
    return ReleasedTable(
        name=table.name,
        index=tuple(frame.index),
        columns=tuple(frame.columns),
        index_name=frame.index.name,
        columns_name=frame.columns.name,
        cells=tuple(
            tuple(said_before(cells.get(table.keys[str(row), str(column)])) for column in frame)
            for row in frame.index
        ),
        seal=SEAL,
    )
