"""The answers to the questions: region, site, child and chance, rounded into boxes.

For child i at site j of region r, scale s, wave w and question k, in points:

    y = mean + trend·w + shift_s·w·pilot_r                      what is true
      + region_rs + region_change_rs·w + site_js                where the child is
      + child_is + child_change_isw                             who the child is, and that day
      + offset_k + noise_iskw                                   the question
    box = y rounded to the nearest of low … high

child_is is partly common to all scales. A reversed question shows low + high - box.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.design import Arm
from evaluation.synthetic.population import Population, RegionTruth, ScaleTruth
from evaluation.synthetic.rows import Column, texts

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Levels:
    """Where a block's children stand before any question: (children, scales), a wave each."""

    baseline: Floats
    endline: Floats


def levels_of(
    population: Population, region: RegionTruth, site: NDArray[Any], rng: np.random.Generator
) -> Levels:
    """`site` (children,) counts the region's sites from 0. `rng` is the block's own."""
    truth, spread, scales = population.truth, population.truth.spread, len(population.scales)
    children = len(site)
    # A region is the same region in every block, so it has a generator of its own.
    place = population.seeds.rng("region", region.code)
    here = spread.region * place.standard_normal(scales)
    change = spread.region_change * place.standard_normal(scales)
    sites = spread.site * place.standard_normal((len(region.sites), scales))
    common = rng.standard_normal((children, 1))
    own = rng.standard_normal((children, scales))
    child = spread.child * (np.sqrt(truth.common) * common + np.sqrt(1 - truth.common) * own)
    lasting = truth.mean + here + sites[site] + child
    days = spread.child_change * rng.standard_normal((2, children, scales))
    shift = np.array([s.shift for s in population.scales]) * (region.arm is Arm.PILOT)
    return Levels(lasting + days[0], lasting + days[1] + truth.trend + change + shift)


def answers_to(
    scale: ScaleTruth, levels: Floats, population: Population, rng: np.random.Generator
) -> dict[str, Column]:
    """Question → answers, for children who stand at `levels` (children,) on its scale."""
    low, high = scale.boxes.low, scale.boxes.high
    noise = rng.standard_normal((len(levels), len(scale.boxes.offsets)))
    behind = levels[:, None] + np.array(scale.boxes.offsets) + population.truth.spread.item * noise
    boxes = np.clip(np.rint(behind), low, high).astype(np.int64)
    unanswered = rng.random(boxes.shape)
    names = [str(box) for box in range(low, high + 1)]
    silent = population.truth.nonresponse
    edges = np.cumsum(list(silent.values()))
    words = [*names, *silent]
    shown = {}
    for k, item in enumerate(scale.scale.items):
        box = low + high - boxes[:, k] if item in scale.scale.reversed else boxes[:, k]
        kind = np.searchsorted(edges, unanswered[:, k], side="right")
        which = np.where(kind < len(silent), len(names) + kind, box - low)
        shown[item] = texts(words, which)
    return shown
