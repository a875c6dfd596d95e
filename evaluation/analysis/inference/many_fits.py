"""The same regression on many tables at once: what `robust` says of each, in a few matrix products.

Imputed tables and drawn studies are hundreds of small regressions over the same children, and one
at a time the calls cost more than the numbers. The formulas are those of `least_squares` and
`cluster_robust`, with CR2, over a leading axis. What is not plain (nearly collinear columns,
nothing left to chance, a number that is none) is not answered here and is left to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np

from evaluation.analysis.arrays import Flags, Floats, Rows
from evaluation.analysis.inference.cluster_moments import coded
from evaluation.analysis.inference.cluster_robust import ALONE
from evaluation.analysis.inference.least_squares import CONSTANT, ILL, ROUNDING

# Numbers laid side by side at once: 16 MB of doubles; more would only wait for memory.
AT_ONCE = 2_000_000

Table = tuple[Floats, Floats]
"""Slopes (n, k) without the constant, and one or more outcomes (n, r)."""


@dataclass(frozen=True, slots=True, eq=False)
class ManyContrasts:
    """`value` and `standard_error` (m, r), `dof` (m,) of m tables with r outcomes each; NaN where
    `robust` must be asked."""

    value: Floats
    standard_error: Floats
    dof: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Moments:
    """Of m tables in G clusters, p columns with the constant: `S` (m, G, p, p), `s` (m, G, p, r),
    `size` (m, r) an outcome's root mean square; `plain` (m,) where the formulas here will do."""

    S: Floats
    s: Floats
    size: Floats
    plain: Flags


def robust_each(tables: Iterable[Table], clusters: object, *, of: int = 0) -> ManyContrasts:
    """The contrast of slope `of` in every table; `clusters` (n,) are labels of any kind, the same
    for all. Raises EstimationError where a label is missing."""
    codes, labels = coded(clusters)
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=len(labels)))
    found = [
        _contrasts(_moments(block, order, ends), of + 1) for block in _blocks(tables, len(codes))
    ]
    return ManyContrasts(
        *(
            np.concatenate([getattr(part, name) for part in found])
            for name in ("value", "standard_error", "dof")
        )
    )


def _blocks(tables: Iterable[Table], rows: int) -> Iterator[Sequence[Table]]:
    coming = iter(tables)
    for first in coming:
        width = 1 + first[0].shape[1] + first[1].shape[1]
        more = islice(coming, max(AT_ONCE // max(rows * width, 1), 1) - 1)
        yield list(chain([first], more))


def _moments(tables: Sequence[Table], order: Rows, ends: Rows) -> _Moments:
    X = np.stack([slopes for slopes, _ in tables])[:, order]
    Y = np.stack([outcomes for _, outcomes in tables])[:, order]
    m, n, k = X.shape
    p = k + 1
    Z = np.ones((m, n, p + Y.shape[2]))
    # What is no number is found in the sums, where it costs nothing.
    with np.errstate(invalid="ignore", over="ignore"):
        np.subtract(X, X.mean(axis=1, keepdims=True), out=Z[:, :, 1:p])
        np.subtract(Y, Y.mean(axis=1, keepdims=True), out=Z[:, :, p:])
        varied = np.abs(Z[:, :, 1:p]).max(axis=1) > CONSTANT * np.abs(X).max(axis=1)
        M = _by_cluster(Z, ends)
        total = M.sum(axis=1)
    outcomes = np.diagonal(total, axis1=1, axis2=2)[:, p:]
    plain = np.isfinite(total).all(axis=(1, 2)) & varied.all(axis=1)
    plain &= _well_conditioned(np.where(plain[:, None, None], total, 0.0)[:, :p, :p])
    plain &= n > p and len(ends) > 1
    M[~plain] = np.eye(M.shape[2])
    size = np.sqrt(np.where(plain[:, None], outcomes, 0.0) / n)
    return _Moments(M[:, :, :p, :p], M[:, :, :p, p:], size, plain)


def _by_cluster(Z: Floats, ends: Rows) -> Floats:
    """Cross-products (m, G, q, q) of the rows of `Z` (m, n, q), which lie together by cluster."""
    sums = np.empty((len(Z), len(ends), Z.shape[2], Z.shape[2]))
    start = 0
    for g, end in enumerate(ends):
        mine = Z[:, start:end]
        sums[:, g] = mine.transpose(0, 2, 1) @ mine
        start = end
    return sums


def _well_conditioned(S: Floats) -> Flags:
    """As `fit_rows` asks before it trusts cross-products; `S` (m, p, p)."""
    lengths = _lengths(S)
    there = lengths.all(axis=1)
    lengths[~there] = 1.0
    least = np.linalg.eigvalsh(S / (lengths[:, :, None] * lengths[:, None, :]))[:, 0]
    return np.asarray(there & (least >= ILL))


def _lengths(S: Floats) -> Floats:
    return np.sqrt(np.diagonal(S, axis1=1, axis2=2))


def _contrasts(moments: _Moments, at: int) -> ManyContrasts:
    S, s = moments.S.sum(axis=1), moments.s.sum(axis=1)
    lengths = _lengths(S)
    L = np.linalg.cholesky(S / (lengths[:, :, None] * lengths[:, None, :]))
    W = np.linalg.inv(L).transpose(0, 2, 1) / lengths[:, :, None]
    inverse = W @ W.transpose(0, 2, 1)
    b = inverse @ s
    b += inverse @ (s - S @ b)
    unexplained = np.diagonal(L, axis1=1, axis2=2).min(axis=1) ** 2
    scores, a, d = _turned(moments, W, b, at, unexplained)
    error = np.sqrt(np.einsum("mgr,mgr->mr", scores, scores))
    least = ROUNDING * moments.size * np.linalg.norm(W[:, at], axis=1)[:, None]
    sure = moments.plain[:, None] & (error > least)
    return ManyContrasts(
        value=np.where(sure, b[:, at], np.nan),
        standard_error=np.where(sure, error, np.nan),
        dof=np.where(moments.plain, _satterthwaite(a, d), np.nan),
    )


def _turned(
    moments: _Moments, W: Floats, b: Floats, at: int, unexplained: Floats
) -> tuple[Floats, Floats, Floats]:
    """As `turn` makes them: scores (m, G, r), a (m, G, p), d (m, G)."""
    turned = W.transpose(0, 2, 1)[:, None]
    leverages, V = np.linalg.eigh(turned @ moments.S @ W[:, None])
    leverages = np.clip(leverages, 0.0, 1.0)
    along = (W[:, at][:, None, None, :] @ V)[:, :, 0]
    left = 1 - leverages
    p = W.shape[1]
    nearest = np.maximum(ALONE, 100 * p * np.finfo(float).eps / unexplained)
    alone = left <= nearest[:, None, None]
    f = np.where(alone, 0.0, np.where(alone, 1.0, left) ** -0.5)
    # One vector a cluster, for whatever outcome: w'W'X_g'A_g in terms of W'X_g'.
    reach = V @ (along * f)[:, :, :, None]
    residual = turned @ (moments.s - moments.S @ b[:, None])
    return (
        (reach.transpose(0, 1, 3, 2) @ residual)[:, :, 0],
        (V @ (along * f * leverages)[:, :, :, None])[:, :, :, 0],
        np.einsum("mgi,mgi->mg", along**2, f**2 * leverages),
    )


def _satterthwaite(a: Floats, d: Floats) -> Floats:
    """(m,); as `satterthwaite_dof`."""
    lengths = np.einsum("mgi,mgi->mg", a, a)
    own = d - lengths
    together = (a.transpose(0, 2, 1) @ a) ** 2
    between = together.sum(axis=(1, 2)) - np.einsum("mg,mg->m", lengths, lengths)
    squares = np.einsum("mg,mg->m", own, own) + np.maximum(between, 0.0)
    known = squares > 0
    return np.where(known, own.sum(axis=1) ** 2 / np.where(known, squares, 1.0), 0.0)
