"""The columns beside the answers, each drawn as `truth.yaml` says: codes, whole numbers, days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.synthetic.rows import Column, texts
from evaluation.synthetic.truth import Draw

WEEKEND = 5  # date.weekday() of Saturday


@dataclass(frozen=True, slots=True)
class Drawing:
    """`told`: stories are told here and by now. `columns` are those that exist already."""

    draws: tuple[Draw, ...]
    children: int
    fieldwork: tuple[date, date]
    told: bool
    columns: Mapping[str, Column]


def drawn_columns(drawing: Drawing, rng: np.random.Generator) -> dict[str, Column]:
    """Only the new ones. A draw may look at an earlier one (`given`, `before`)."""
    drawn: dict[str, Column] = {}
    for draw in drawing.draws:
        # Always drawn, then emptied: whether stories are told must not change any other number.
        known = {**drawing.columns, **drawn}
        column = _values(draw, drawing, known, rng)
        kept = np.full(drawing.children, drawing.told or not draw.treated)
        for name, code in draw.given.items():
            kept &= known[name] == code
        drawn[draw.field] = np.where(kept, column, "")
    return drawn


def _values(
    draw: Draw, drawing: Drawing, columns: Mapping[str, Column], rng: np.random.Generator
) -> Column:
    if draw.day:
        return _texts_of(_days(drawing, rng))
    if draw.codes:
        return _codes(draw.codes, drawing.children, rng)
    assert draw.whole is not None
    numbers = rng.integers(draw.whole[0], draw.whole[1] + 1, size=drawing.children)
    if draw.before is not None:
        return _texts_of(columns[draw.before].astype("datetime64[D]") - numbers)
    low, high = draw.whole
    form = "{}{:04d}" if draw.prefix else "{}{}"
    return texts([form.format(draw.prefix, n) for n in range(low, high + 1)], numbers - low)


def _codes(shares: Mapping[str, float], children: int, rng: np.random.Generator) -> Column:
    edges = np.cumsum(list(shares.values()))
    # The last edge may miss 1 by a rounding error, and a draw may then fall beyond it.
    which = np.searchsorted(edges[:-1], rng.random(children) * edges[-1], side="right")
    return texts(list(shares), which)


def _days(drawing: Drawing, rng: np.random.Generator) -> NDArray[Any]:
    start, end = drawing.fieldwork
    days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    open_days = np.array([d for d in days if d.weekday() < WEEKEND], dtype="datetime64[D]")
    return open_days[rng.integers(0, len(open_days), size=drawing.children)]


def _texts_of(days: NDArray[Any]) -> Column:
    column: Column = np.datetime_as_string(days, unit="D").astype(object)
    return column
