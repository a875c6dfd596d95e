"""What if the children who were not seen again did worse, or better, than those like them?

Imputation fills in what children like them answered. Here the filled-in endline scores of the
pilot arm are moved by delta, and the analysis is done again: the band of answers, and the delta at
which the sign turns. Carpenter & Kenward (2013), Multiple Imputation and its Application, §10.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.analysis.arrays import Flags, Floats
from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.sensitivity.pooling import pool
from evaluation.errors import EstimationError

Analysis = Callable[[Floats, Floats], Contrast]
"""(filled-in table, endline) → the contrast of one table."""


@dataclass(frozen=True, slots=True)
class Shifted:
    delta: float
    contrast: Contrast


@dataclass(frozen=True, slots=True)
class DeltaBand:
    """`shifted` in the order of the deltas; `turns_at` the delta (points) where the estimate is
    zero, None where moving those children cannot turn it."""

    shifted: tuple[Shifted, ...]
    low: float
    high: float
    turns_at: float | None


def delta_band(
    tables: Iterable[Floats],
    moved: Flags,
    endline: int,
    analysis: Analysis,
    *,
    deltas: Sequence[float],
    dof: float,
    level: float = 0.95,
) -> DeltaBand:
    """`tables` (n, k) without gaps; `moved` (n,) marks the children whose filled-in score, in
    column `endline`, is moved by each of `deltas` (points, two at least).

    Raises EstimationError `few_deltas`, and what the analysis or `pool` refuses.
    """
    answers = [
        [analysis(table, table[:, endline] + delta * moved) for delta in deltas] for table in tables
    ]
    return band_of(
        np.array([[one.value for one in row] for row in answers]),
        np.array([[one.standard_error for one in row] for row in answers]),
        deltas=deltas,
        dof=dof,
        level=level,
    )


def band_of(
    values: Floats, errors: Floats, *, deltas: Sequence[float], dof: float, level: float = 0.95
) -> DeltaBand:
    """From the estimates and standard errors (m, d) of m tables under each of d `deltas`; refuses
    what `delta_band` refuses."""
    if len(deltas) < 2:
        raise EstimationError("few_deltas")
    found = [
        Shifted(deltas[j], _pooled(values[:, j], errors[:, j], dof, level))
        for j in np.argsort(deltas)
    ]
    estimates = [one.contrast.value for one in found]
    # The estimate is a straight line in delta: endline scores enter a regression one by one.
    slope = (estimates[-1] - estimates[0]) / (found[-1].delta - found[0].delta)
    turns = None if abs(slope) < 1e-12 else found[0].delta - estimates[0] / slope
    return DeltaBand(
        tuple(found),
        low=min(one.contrast.low for one in found),
        high=max(one.contrast.high for one in found),
        turns_at=turns,
    )


def _pooled(values: Floats, errors: Floats, dof: float, level: float) -> Contrast:
    return pool(
        values,
        errors**2,
        dof=dof,
        level=level,
        method="Delta-adjusted imputation, Rubin's rules",
    ).contrast
