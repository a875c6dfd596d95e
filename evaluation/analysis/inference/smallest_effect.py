"""The effect that this design, with the precision it turned out to have, would have found."""

from __future__ import annotations

from evaluation.analysis.inference.contrast import t_quantile


def smallest_effect(standard_error: float, dof: float, *, alpha: float, power: float) -> float:
    """(t[1-alpha/2] + t[power]) · standard error, both t with `dof`; in points of the scale.

    Bloom (1995), Evaluation Review 19:547. An effect of this size would have been found, two-
    sided at `alpha`, with probability `power`; smaller ones are easily missed.
    """
    return (t_quantile(1 - alpha / 2, dof) + t_quantile(power, dof)) * standard_error
