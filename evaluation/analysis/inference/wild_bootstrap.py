"""Wild cluster bootstrap-t: how often would chance alone give so large a t with these regions?

The statistic is |t| with CR1S errors, in the sample and in every draw. With few regions every
vector of weights is gone through, and the p-value is a count that anyone can repeat:

    p = (number of draws with |t*| > |t|  +  number with |t*| = |t|) / number of draws

Ties are part of it: the sample and its mirror image are among the draws of the restricted
bootstrap and always tie, and programmes without a tolerance count them or not by rounding.
Cameron, Gelbach & Miller (2008), Review of Economics and Statistics 90:414; MacKinnon, Nielsen
& Webb (2023), Journal of Econometrics 232:272. Weights by school within region: MacKinnon &
Webb (2018), Econometrics Journal 21:114.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.analysis.arrays import Floats, Rows
from evaluation.analysis.inference.least_squares import LinearFit
from evaluation.analysis.inference.orthonormal import orthonormal
from evaluation.analysis.inference.wild_draws import Draws, Weights, draws_of
from evaluation.analysis.inference.wild_interval import TIE, Interval, World, invert
from evaluation.analysis.inference.wild_scores import Kind, wild_scores
from evaluation.errors import EstimationError

# Against the sample's own size: where a draw has neither a movement nor an error it is a tie.
NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class WildTest:
    """`p_value` counts ties, `p_strict` does not; `floor` is the least `p_value` there can be.

    `interval` holds the null hypotheses with a p above 1 - level, `interval_strict` the same by
    the strict p; None where none was asked for. `exact`: all vectors of weights, none by lot.
    """

    value: float
    standard_error: float
    statistic: float
    null: float
    draws: int
    greater: int
    ties: int
    floor: float
    exact: bool
    interval: Interval | None
    interval_strict: Interval | None
    method: str

    @property
    def p_value(self) -> float:
        return (self.greater + self.ties) / self.draws

    @property
    def p_strict(self) -> float:
        return self.greater / self.draws


def wild_bootstrap(
    fit: LinearFit,
    of: str | Floats,
    *,
    kind: Kind = Kind.WCR11,
    null: float = 0.0,
    weights: Weights = Weights.RADEMACHER,
    level: float | None = 0.95,
    clusters: Sequence[str] | None = None,
    draws: int = 9_999,
    rng: np.random.Generator | None = None,
) -> WildTest:
    """Tests the contrast `of` (a column's name, or weights (p,)) against `null`.

    `level` None leaves the intervals out. For weights by school, fit on moments by school (with
    labels that no two regions share) and name in `clusters` the region of each of its labels.
    `draws` and `rng` serve where there are too many vectors to go through: 2^20 of Rademacher's,
    2 million of Webb's. Raises EstimationError: `one_cluster`, `no_residual_variation`,
    `cluster_alone` (WCU31 only).
    """
    cluster = _numbered(fit.moments.labels if clusters is None else clusters)
    assert len(cluster) == fit.moments.clusters, "one cluster for each label of the moments"
    turned = orthonormal(fit, of)
    spread = _spread(fit, int(cluster.max()) + 1)
    error = float(np.sqrt(spread * np.sum(np.bincount(cluster, turned.U @ turned.w) ** 2)))
    fit.check_error(error, fit.weights(of))
    scores = wild_scores(turned, kind, cluster)
    drawn = draws_of(weights, len(cluster), draws=draws, rng=rng)
    world = World(scores, drawn, error=error, spread=spread)
    greater, ties = _counts(world, turned.value - null)
    strict, inclusive = (None, None) if level is None else invert(world, turned.value, level)
    return WildTest(
        value=turned.value,
        standard_error=error,
        statistic=(turned.value - null) / error,
        null=null,
        draws=drawn.total,
        greater=greater,
        ties=ties,
        floor=_certain_ties(drawn, weights, kind) / drawn.total,
        exact=drawn.exact,
        interval=inclusive,
        interval_strict=strict,
        method=f"{kind}, {weights.name.title()}, {'all' if drawn.exact else 'drawn'}, CR1S",
    )


def _numbered(clusters: Sequence[str]) -> Rows:
    labels, numbers = np.unique(np.array(clusters, dtype=object), return_inverse=True)
    if len(labels) < 2:
        raise EstimationError("one_cluster")
    return np.asarray(numbers, dtype=np.int64)


def _spread(fit: LinearFit, G: int) -> float:
    """The factor of CR1S."""
    N = fit.moments.rows
    return G * (N - 1) / ((G - 1) * (N - len(fit.solution)))


def _counts(world: World, distance: float) -> tuple[int, int]:
    """How many draws have a greater |t*| than the sample, and how many the same."""
    bars = world.scores.at(distance).T
    greater = ties = 0
    for V in world.drawn.chunks():
        moved = V @ bars
        spread = np.sqrt(world.spread * np.einsum("bg,bg->b", moved[:, :-1], moved[:, :-1]))
        # |t*| > |t| without dividing by an error that may be zero.
        beyond = np.abs(moved[:, -1]) * world.error - abs(distance) * spread
        margin = TIE * abs(distance) * spread + NOTHING * abs(distance) * world.error
        greater += int(np.sum(beyond > margin))
        ties += int(np.sum(np.abs(beyond) <= margin))
    counts = world.drawn.counts
    return counts * greater, counts * ties + world.drawn.sample


def _certain_ties(drawn: Draws, weights: Weights, kind: Kind) -> int:
    """Equal weights in every cluster give the sample's |t| again where nothing is jackknifed."""
    if not drawn.exact:
        return drawn.sample
    return len(weights.points) if kind is Kind.WCR11 else 0
