"""Wild cluster bootstrap: from each cluster's scores to the t statistic of a draw, linear in it.

A draw multiplies the residuals of cluster h with v_h. Its estimate moves by sum q_h v_h, and the
score of cluster g in its sandwich is sum M[g, h] v_h: both linear in v, and both linear in the
distance from the estimate to the null hypothesis, so that neither a draw nor another null
hypothesis ever goes back to the rows (Roodman et al. 2019, Stata Journal 19:4).

WCR11   residuals of the fit that obeys the null hypothesis
WCR31   the same, cluster g's from the fit without cluster g (jackknife)
WCU11   residuals of the fit itself; WCU31 its jackknife

MacKinnon, Nielsen & Webb (2023), Journal of Applied Econometrics 38:671.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from evaluation.analysis.arrays import Floats, Rows
from evaluation.analysis.inference.cluster_robust import ALONE
from evaluation.analysis.inference.orthonormal import Orthonormal
from evaluation.errors import EstimationError


class Kind(StrEnum):
    WCR11 = "WCR11"
    WCR31 = "WCR31"
    WCU11 = "WCU11"
    WCU31 = "WCU31"

    @property
    def restricted(self) -> bool:
        return self.value.startswith("WCR")

    @property
    def jackknifed(self) -> bool:
        return self.value.endswith("31")


@dataclass(frozen=True, slots=True, eq=False)
class WildScores:
    """G clusters, H weights (H = G, or the schools within G regions).

    At a null hypothesis δ below the estimate the matrix `at_estimate` + δ `per_unit` (G + 1, H)
    times a draw (H,) gives the G scores and, in the last row, the estimate less its centre.
    """

    at_estimate: Floats
    per_unit: Floats

    def at(self, distance: float) -> Floats:
        return self.at_estimate + distance * self.per_unit


def wild_scores(turned: Orthonormal, kind: Kind, cluster: Rows) -> WildScores:
    """`cluster` (H,): to which cluster each set of moments in `turned` belongs.

    Raises EstimationError `cluster_alone` for WCU31 where the contrast rests on one cluster.
    """
    member = (cluster == np.arange(cluster.max() + 1)[:, None]).astype(float)
    along = turned.along if kind.restricted else np.zeros_like(turned.U)
    found = []
    for scores in (turned.U, along):
        drawn = scores + _jackknife(turned, kind, scores, member) if kind.jackknifed else scores
        q = drawn @ turned.w
        found.append(np.vstack([member * q - (member @ (turned.S @ turned.w)) @ drawn.T, q]))
    return WildScores(*found)


def _jackknife(turned: Orthonormal, kind: Kind, scores: Floats, member: Floats) -> Floats:
    """(H, p): what the scores gain when each cluster is predicted from the other clusters.

    In the directions K that the fit may choose, leaving cluster g out moves the coefficients by
    K (I - K'T_g K)^-1 K'U_g. A direction that only g has (its own dummy) is left as it is.
    """
    K = turned.across if kind.restricted else np.eye(len(turned.w))
    T = np.einsum("gh,hij->gij", member, turned.S)
    leverages, V = np.linalg.eigh(K.T @ T @ K)
    alone = leverages >= 1 - ALONE
    touched = np.abs((K.T @ turned.w) @ V) > ALONE * np.linalg.norm(turned.w)
    if (alone & touched).any():
        raise EstimationError("cluster_alone", formula=str(kind))
    grown = np.where(alone, 0.0, 1 / np.where(alone, 1.0, 1 - leverages))
    inside = np.einsum("gi,gij->gj", member @ scores @ K, V) * grown
    moved = np.einsum("gj,gij->gi", inside, V) @ K.T
    return np.asarray(np.einsum("hij,hj->hi", turned.S, member.T @ moved))
