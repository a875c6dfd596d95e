"""The textbook way, with n x n matrices: slow, plain, and independent of the moments."""

from __future__ import annotations

import numpy as np


def robust(X, y, clusters, c, formula, tolerance=1e-9):
    """→ (value, standard error, Satterthwaite's dof, P) by the definition."""
    n, p = X.shape
    M = np.linalg.inv(X.T @ X)
    H = X @ M @ X.T
    b = M @ X.T @ y
    u = y - X @ b
    groups = [np.flatnonzero(np.asarray(clusters) == label) for label in sorted(set(clusters))]
    meat, turned = 0.0, []
    for g in groups:
        A = adjustment(np.eye(len(g)) - H[np.ix_(g, g)], formula, tolerance)
        meat += (c @ M @ X[g].T @ A @ u[g]) ** 2
        turned.append((np.eye(n) - H)[:, g] @ A @ X[g] @ M @ c)
    P = np.array([[q @ r for r in turned] for q in turned])
    G = len(groups)
    factor = {"CR1": G / (G - 1), "CR1S": G * (n - 1) / ((G - 1) * (n - p))}.get(formula, 1.0)
    squares = (P**2).sum()
    dof = np.trace(P) ** 2 / squares if squares else 0.0
    return c @ b, np.sqrt(factor * meat), dof, np.array(turned)


def adjustment(B, formula, tolerance):
    if formula not in ("CR2", "CR3"):
        return np.eye(len(B))
    values, V = np.linalg.eigh(B)
    kept = values > tolerance
    power = -0.5 if formula == "CR2" else -1.0
    return V[:, kept] * values[kept] ** power @ V[:, kept].T


def imbens_kolesar(X, y, clusters, c):
    """The same with the rows of a cluster correlated: G'ΩG with Ω (n, n) written out."""
    clusters = np.asarray(clusters)
    turned = robust(X, y, clusters, c, "CR2")[3]
    u = y - X @ np.linalg.lstsq(X, y, rcond=None)[0]
    together = (clusters[:, None] == clusters[None, :]).astype(float)
    pairs = together.sum() - len(y)
    shared = (u @ together @ u - u @ u) / pairs if pairs else 0.0
    own = max(u @ u / len(y) - shared, 0.0)
    P = turned @ (own * np.eye(len(y)) + shared * together) @ turned.T
    return np.trace(P) ** 2 / (P**2).sum()
