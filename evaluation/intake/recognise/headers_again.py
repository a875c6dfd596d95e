"""Headers that stand again further down: printed on every page, or those of a second table."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evaluation.errors import DeliveryError
from evaluation.intake.recognise.layout import Layout
from evaluation.records.findings import Effect, Finding, Severity


def without_headers(
    layout: Layout, rows: NDArray[np.int64]
) -> tuple[NDArray[np.int64], tuple[Finding, ...]]:
    """The rows that are no header line. Raises `DeliveryError` where another table begins."""
    same = np.zeros(len(rows), dtype=np.int64)
    known = np.zeros(len(rows), dtype=np.int64)
    words = {word for _, fields in layout.vocabulary.steps[:2] for word in fields}
    for header, column in zip(layout.headers, layout.sheet.columns, strict=True):
        if header:
            codes = column.codes[rows]
            same += np.array([bool(t) and t == header for t in column.texts])[codes]
            known += np.array([t.casefold() in words for t in column.texts])[codes]
    most = max(2, sum(map(bool, layout.headers)) // 2 + 1)
    again = same >= most
    if (known[~again] >= most).any():
        raise DeliveryError("two_tables")
    if not again.any():
        return rows, ()
    place = int(np.flatnonzero(again)[0])
    finding = Finding(
        "header_again",
        Severity.INFORMATION,
        Effect.NOTE,
        sheet=layout.sheet.number,
        row=int(rows[place]) + 1,
        values={"n": int(again.sum())},
    )
    return rows[~again], (finding,)
