"""How the scores of the main outcomes are spread over their range, before and after, by arm."""

from __future__ import annotations

import numpy as np

from evaluation.analysis.challenges.case import Case
from evaluation.design import Arm
from evaluation.records.measures import Measures, Spread

BINS = 8
"""Half a point each on a scale from 1 to 5."""


def spreads(cases: tuple[Case, ...]) -> Measures:
    """Of the plan's first family, the children of the headline: the same at both waves."""
    first = cases[0].outcome.family
    own = (case for case in cases if case.outcome.family == first)
    return Measures(spreads=tuple(spread for case in own for spread in _of(case)))


def _of(case: Case) -> list[Spread]:
    sample, plan = case.sample(), case.plan
    edges = np.linspace(case.scale.low, case.scale.high, BINS + 1)
    found = []
    for arm, here in ((Arm.PILOT, sample.pilot), (Arm.COMPARISON, ~sample.pilot)):
        for wave, scores in (
            (plan.baseline_wave, sample.baseline),
            (plan.endline_wave, sample.endline),
        ):
            counts = np.histogram(scores[here], bins=edges)[0]
            found += [
                Spread(case.outcome.id, str(arm), wave, float(low), float(high), int(count))
                for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True)
            ]
    return found
