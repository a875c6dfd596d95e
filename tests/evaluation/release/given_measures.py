"""Measures for the invented comparison: plausible, invented, and enough children behind each."""

from __future__ import annotations

from dataclasses import replace

from evaluation.records.challenges import Linkage
from evaluation.records.measures import (
    CovariateGap,
    Doubtful,
    ItemDifference,
    Loss,
    Measures,
    Reliability,
    Robustness,
    SeenCause,
    Spread,
    Stability,
)

RELIABLE = Reliability(
    scale="reading",
    wave=0,
    language="kk",
    children=120,
    complete=110,
    alpha=0.7361,
    low=0.6512,
    high=0.8043,
    omega=0.7412,
    ordinal_alpha=0.7723,
    rest_low=0.4111,
    rest_high=0.5222,
    floor=0.004,
    ceiling=0.1611,
)
STRONG = Robustness(
    outcome="reading",
    pomp=7.85,
    pomp_low=2.35,
    pomp_high=13.35,
    glass=0.392,
    glass_low=0.117,
    glass_high=0.667,
    hedges=0.361,
    hedges_low=0.108,
    hedges_high=0.614,
    partial=0.0314,
    robustness=0.1642,
    robustness_alpha=0.0613,
    e_point=2.189,
    e_limit=1.472,
    margin=0.5,
    p_equivalence=0.2311,
    equivalent=False,
    method="CR2",
)


def bins(arm: str, wave: int, *counts: int, outcome: str = "reading") -> tuple[Spread, ...]:
    """Bins of half a point from 1."""
    return tuple(
        Spread(outcome, arm, wave, 1 + place / 2, 1.5 + place / 2, count)
        for place, count in enumerate(counts)
    )


SPREADS = (
    *bins("pilot", 0, 4, 8, 20, 40, 59, 20, 12, 8),
    *bins("pilot", 1, 2, 9, 12, 30, 58, 30, 18, 12),
    *bins("comparison", 0, 11, 12, 20, 40, 43, 20, 11, 9),
    *bins("comparison", 1, 12, 12, 20, 40, 42, 20, 11, 9),
)
MEASURES = Measures(
    reliabilities=(
        RELIABLE,
        replace(RELIABLE, language="ru", alpha=0.5511, ceiling=0.02, caution="not_a_scale"),
        Reliability("telling", 1, "tj", 60, 60, caution="reliability_unknown", reason="one_item"),
        replace(RELIABLE, scale="listening", wave=1, complete=9),
    ),
    stabilities=(
        Stability("reading", 160, 0.6123, 0.5011, 0.7034),
        Stability("telling", 9, 0.5, 0.1, 0.8),
        Stability("listening", 0, reason="few_answers"),
    ),
    item_differences=(
        ItemDifference("reading", "reading_1", "language", 90, 9.9, 0.0021, 0.031, flagged=True),
        ItemDifference("reading", "reading_2", "language", 90, 1.1, 0.5111, 0.001),
        ItemDifference("reading", "reading_1", "arm", 160, 1.1, 0.5111, 0.001),
        ItemDifference("telling", "telling_1", "arm", 9, 1.1, 0.5111, 0.001),
        ItemDifference("listening", "", "arm", 0, reason="item_unanswered"),
    ),
    losses=(
        Loss("reading", "pilot", "", 204, 23, -0.1434),
        Loss("reading", "comparison", "", 198, 22, None),
        Loss("reading", "pilot", "01", 40, 11, -0.7777),
    ),
    links=(Linkage("pilot", 150, 20, 16), Linkage("comparison", 155, 14, 16)),
    doubtful=(
        Doubtful("pilot", 0, 204, 12, 3),
        Doubtful("pilot", 1, 193, 0, 30),
        Doubtful("comparison", 0, 198, 190, 10),
        Doubtful("comparison", 1, 188, 20, 20),
    ),
    covariate_gaps=(
        CovariateGap("age", 204, 198, -0.1339, 0.9593),
        CovariateGap("unknown", 204, 198, 0.5, 1.5),
    ),
    spreads=SPREADS,
    robustness=(STRONG, Robustness("listening", reason="baseline_gap")),
    seen_causes=(
        SeenCause("reading", "baseline", 0.0034, 0.4226, 0.2512),
        SeenCause("reading", "age", 0.0039, 0.0104, 0.3011),
        SeenCause("listening", "age", reason="too_strong"),
    ),
)
