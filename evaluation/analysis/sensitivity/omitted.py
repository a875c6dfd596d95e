"""How strong would an unseen cause have to be to undo the answer?

The robustness value: a cause that explains this share of what is left of both the arm and the
outcome takes the whole effect away (or, with alpha, its significance). To give it a measure, it is
compared with a cause that was seen. The degrees of freedom are the classical ones, of rows that do
not depend on each other: regions make the answer weaker than this says. Cinelli & Hazlett (2020),
JRSS B 82:39.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.analysis.inference.contrast import t_quantile
from evaluation.analysis.inference.least_squares import LinearFit, classical, fit_with_constant
from evaluation.errors import EstimationError


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A cause `times` as strong as the seen `column`: its partial R² `with_arm` and `with_outcome`,
    and the estimate that would be left."""

    column: str
    times: float
    with_arm: float
    with_outcome: float
    estimate: float
    standard_error: float

    @property
    def statistic(self) -> float:
        return self.estimate / self.standard_error


@dataclass(frozen=True, slots=True)
class OmittedConfounder:
    """`robustness` takes the effect to zero, `robustness_alpha` its significance; `partial` is the
    arm's own partial R² with the outcome: a cause of all that is left of the outcome would have to
    explain so much of the arm."""

    estimate: float
    standard_error: float
    dof: int
    partial: float
    robustness: float
    robustness_alpha: float
    benchmarks: tuple[Benchmark, ...]
    method: str = "Cinelli-Hazlett, classical errors"


def omitted_confounder(
    X: Floats,
    y: Floats,
    columns: tuple[str, ...],
    *,
    benchmarks: tuple[str, ...] = (),
    times: tuple[float, ...] = (1.0, 2.0, 3.0),
    alpha: float = 0.05,
) -> OmittedConfounder:
    """`X` (n, p) without a constant, its first column the arm; `benchmarks` name other columns.

    Raises EstimationError: `collinear`, `no_residual`, `not_finite`, `no_residual_variation`;
    `too_strong` where a cause as strong as the benchmark would explain the whole arm.
    """
    one = np.zeros(len(y))
    fit = fit_with_constant(X, y, one, columns)
    found = classical(fit, columns[0])
    dof, t = fit.residual_dof, found.statistic
    of_arm = fit_with_constant(X[:, 1:], X[:, 0], one, columns[1:]) if benchmarks else fit
    bound = [_benchmark(name, k, fit, of_arm, columns[0]) for name in benchmarks for k in times]
    return OmittedConfounder(
        estimate=found.value,
        standard_error=found.standard_error,
        dof=dof,
        partial=t**2 / (t**2 + dof),
        robustness=robustness_value(t, dof),
        robustness_alpha=robustness_value(t, dof, alpha=alpha),
        benchmarks=tuple(bound),
    )


def robustness_value(t: float, dof: float, *, alpha: float | None = None) -> float:
    """Of a t statistic; with `alpha`, what takes its significance away. 0 where there is none."""
    f = abs(t) / sqrt(dof)
    critical = t_quantile(1 - alpha / 2, dof - 1) / sqrt(dof - 1) if alpha is not None else 0.0
    left = f - critical
    if left <= 0:
        return 0.0
    if critical and f > 1 / critical:
        # So strong that the arm's side alone decides.
        return (f**2 - critical**2) / (1 + f**2)
    return (sqrt(left**4 + 4 * left**2) - left**2) / 2


def _benchmark(name: str, times: float, fit: LinearFit, of_arm: LinearFit, arm: str) -> Benchmark:
    seen_arm, seen_outcome = _partial(of_arm, name), _partial(fit, name)
    with_arm = times * seen_arm / (1 - seen_arm)
    shared = times * seen_arm**2 / ((1 - times * seen_arm) * (1 - seen_arm))
    if not (with_arm < 1 and 0 <= shared < 1):
        raise EstimationError("too_strong", column=name)
    joint = ((sqrt(times) + sqrt(shared)) / sqrt(1 - shared)) ** 2
    with_outcome = min(joint * seen_outcome / (1 - seen_outcome), 1.0)
    found, dof = classical(fit, arm), fit.residual_dof
    bias = found.standard_error * sqrt(dof * with_outcome * with_arm / (1 - with_arm))
    error = found.standard_error * sqrt((1 - with_outcome) / (1 - with_arm) * dof / (dof - 1))
    estimate = found.value - bias if found.value >= 0 else found.value + bias
    return Benchmark(name, times, with_arm, with_outcome, estimate, error)


def _partial(fit: LinearFit, name: str) -> float:
    t = classical(fit, name).statistic
    return t**2 / (t**2 + fit.residual_dof)
