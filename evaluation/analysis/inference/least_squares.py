"""Ordinary least squares from cluster moments, and the classical error where rows are independent.

The coefficients of rows at hand are statsmodels'; those of moments alone come from the normal
equations, on columns scaled to length one. Tests hold the two together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.analysis.inference.cluster_moments import ClusterMoments, moments_of
from evaluation.analysis.inference.contrast import Contrast, by_t
from evaluation.errors import EstimationError

# A column whose unexplained share (1 - R² on the columns before it) is smaller is a combination
# of them. Cross-products keep about 14 digits of that share, four are left as margin; rows keep
# 14 digits of its root, and get R's own tolerance.
COLLINEAR = 1e-10
COLLINEAR_ROWS = 1e-14

# Rows nearer to collinear than this (years beside their squares) are first made orthogonal.
ILL = 1e-6

# A column is constant where its spread is lost in the rounding of its values.
CONSTANT = 1e-12

# A standard error this small against the outcome's own size is rounding, not precision.
ROUNDING = 1e-9

# What is left of the squares when as much is taken away is rounding: 16 digits, three as margin.
RESIDUE = 1e-13


@dataclass(frozen=True, slots=True, eq=False)
class LinearFit:
    """`moments` are those of Z = X·basis; the basis (p, p) is the identity but for ill rows.

    `solution` (p,) are the coefficients of Z, and W (p, p) has W'(ΣS)W = I, so that
    (Z'Z)^-1 = WW'. `unexplained` is the smallest share of a column that those before it leave.
    """

    moments: ClusterMoments
    solution: Floats
    W: Floats
    unexplained: float
    basis: Floats

    @property
    def coefficients(self) -> Floats:
        """Of X (p,)."""
        return self.basis @ self.solution

    @property
    def residual_dof(self) -> int:
        return self.moments.rows - len(self.solution)

    @property
    def residual_squares(self) -> float:
        m, b = self.moments, self.solution
        explained = 2 * b @ m.s.sum(axis=0) - b @ m.S.sum(axis=0) @ b
        left = float(m.yy.sum() - explained)
        return left if left > RESIDUE * m.yy.sum() else 0.0

    def weights(self, of: str | Floats) -> Floats:
        """Weights (p,) on the solution, for a column of X by name or for weights on X's own."""
        if isinstance(of, str):
            return np.asarray(self.basis[self.moments.columns.index(of)])
        return self.basis.T @ of

    def check_error(self, standard_error: float, c: Floats) -> None:
        """Refuse an error of zero: nothing varies, so nothing can be said about chance."""
        m = self.moments
        size = np.sqrt(m.yy.sum() / m.rows) * np.linalg.norm(self.W.T @ c)
        if not standard_error > ROUNDING * size:
            raise EstimationError("no_residual_variation")


def fit_moments(moments: ClusterMoments) -> LinearFit:
    """Raises EstimationError: `collinear` (naming the column), `no_residual` (too few rows)."""
    _check_rows(moments.rows, moments.columns)
    S, s = moments.S.sum(axis=0), moments.s.sum(axis=0)
    lengths = _lengths(np.sqrt(np.diag(S)), moments.columns)
    L = _cholesky(S / np.outer(lengths, lengths), moments.columns)
    W = np.linalg.inv(L).T / lengths[:, None]
    b = W @ (W.T @ s)
    # One step of refinement wins back the digits that squaring the columns has cost.
    b = b + W @ (W.T @ (s - S @ b))
    return LinearFit(moments, b, W, float(np.diag(L).min() ** 2), np.eye(len(b)))


def fit_rows(X: Floats, y: Floats, clusters: object, columns: tuple[str, ...]) -> LinearFit:
    """The same from rows: `X` (n, p), `y` (n,); the coefficients are statsmodels'."""
    _check_rows(len(y), columns)
    moments = moments_of(X, y, clusters, columns)
    Z, basis = X, np.eye(len(columns))
    if _ill(moments.S.sum(axis=0)):
        Z, basis = _orthogonal(X, columns)
        moments = moments_of(Z, y, clusters, columns)
    from statsmodels.regression.linear_model import OLS

    return replace(fit_moments(moments), solution=OLS(y, Z).fit().params, basis=basis)


def fit_with_constant(
    slopes: Floats, y: Floats, clusters: object, columns: tuple[str, ...]
) -> LinearFit:
    """Adds a constant and measures `slopes` (n, p-1) and `y` (n,) from their means.

    The slopes are those of the raw columns, and the constant is zero: cross-products of the raw
    columns would lose digits where a mean is large beside the spread.
    """
    X = np.column_stack([np.ones(len(y)), centred(slopes, y, columns)])
    return fit_rows(X, y - y.mean(), clusters, ("constant", *columns))


def centred(slopes: Floats, y: Floats, columns: tuple[str, ...]) -> Floats:
    """`slopes` (n, p-1) from their means; refuses what is not finite, or has only one value."""
    if not (np.isfinite(slopes).all() and np.isfinite(y).all()):
        raise EstimationError("not_finite")
    from_means = slopes - slopes.mean(axis=0)
    for column, raw, spread in zip(columns, slopes.T, from_means.T, strict=True):
        if np.abs(spread).max() <= CONSTANT * np.abs(raw).max():
            raise EstimationError("collinear", column=column)
    return np.asarray(from_means)


def classical(fit: LinearFit, of: str | Floats, *, level: float = 0.95) -> Contrast:
    """As if rows were independent and equally spread: for reference cases, never the headline."""
    c = fit.weights(of)
    spread = fit.residual_squares / fit.residual_dof
    error = float(np.sqrt(spread) * np.linalg.norm(fit.W.T @ c))
    fit.check_error(error, c)
    value = float(c @ fit.solution)
    return by_t(value, error, fit.residual_dof, level=level, null=0.0, method="OLS")


def _check_rows(rows: int, columns: tuple[str, ...]) -> None:
    if rows <= len(columns):
        raise EstimationError("no_residual", rows=rows, columns=len(columns))


def _lengths(lengths: Floats, columns: tuple[str, ...]) -> Floats:
    for column, length in zip(columns, lengths, strict=True):
        if length == 0:
            raise EstimationError("collinear", column=column)
    return lengths


def _ill(S: Floats) -> bool:
    lengths = np.sqrt(np.diag(S))
    if not lengths.all():
        return True
    return bool(np.linalg.eigvalsh(S / np.outer(lengths, lengths))[0] < ILL)


def _orthogonal(X: Floats, columns: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Z = X·basis with Z'Z = I, by QR: it never squares the columns."""
    lengths = _lengths(np.linalg.norm(X, axis=0), columns)
    Z, R = np.linalg.qr(X / lengths)
    for column, left in zip(columns, np.diag(R) ** 2, strict=True):
        if left <= COLLINEAR_ROWS:
            raise EstimationError("collinear", column=column)
    return Z, np.linalg.inv(R) / lengths[:, None]


def _cholesky(A: Floats, columns: tuple[str, ...]) -> Floats:
    """L with LL' = A, column by column, so that the first redundant one can be named.

    With a diagonal of ones, L[j, j]² is the share of column j that the ones before leave.
    """
    L = np.zeros_like(A)
    for j, column in enumerate(columns):
        left = A[j, j] - L[j, :j] @ L[j, :j]
        if left <= COLLINEAR:
            raise EstimationError("collinear", column=column)
        L[j, j] = np.sqrt(left)
        L[j + 1 :, j] = (A[j + 1 :, j] - L[j + 1 :, :j] @ L[j, :j]) / L[j, j]
    return L
