"""Second opinions on one contrast of a linear fit: resampled, permuted, with regions left out.

All of them work on the regions' cross-products, so they cost nothing in children. One that cannot
be had is named with its rule, and takes nothing from the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import TypeVar

import numpy as np

from evaluation.analysis.arrays import Labels
from evaluation.analysis.estimators import LINEAR
from evaluation.analysis.inference.intraclass import intraclass
from evaluation.analysis.inference.least_squares import LinearFit
from evaluation.analysis.inference.leave_one_out import leave_one_out
from evaluation.analysis.inference.leverage import leverage
from evaluation.analysis.inference.permutation import permute_regions
from evaluation.analysis.inference.wild_bootstrap import WildTest, wild_bootstrap
from evaluation.analysis.inference.wild_scores import Kind
from evaluation.analysis.sample import Sample
from evaluation.design import Resampling
from evaluation.errors import EstimationError
from evaluation.records.opinions import Bootstrap, LeftOut, Leverage, Permutation

KINDS = (Kind.WCR11, Kind.WCR31, Kind.WCU11)
"""The second test first; where the last is far from it, few regions carry the treatment."""

ARM = "pilot"
FALLBACK = "ancova"
REGION, SITE = "region", "site"
BETWEEN = "\x1f"  # stands in no name of a region or school

Opinion = TypeVar("Opinion")


@dataclass(frozen=True, slots=True)
class Opinions:
    """Field by field those of `records.estimates.Estimate`."""

    bootstraps: tuple[Bootstrap, ...]
    permutation: Permutation | None
    left_out: LeftOut | None
    leverage: Leverage | None
    intraclass: float | None
    unavailable: tuple[tuple[str, str], ...]


def linear_fit(sample: Sample, estimator: str) -> LinearFit:
    """The fit that is resampled: the estimator's own, or the ANCOVA's where it is none."""
    return LINEAR.get(estimator, LINEAR[FALLBACK])(sample)


def second_opinions(
    sample: Sample, fit: LinearFit, *, estimator: str, level: float, resampling: Resampling
) -> Opinions:
    """On the arm's contrast of `fit`, which is `linear_fit` of `estimator`. Raises nothing."""
    missing: dict[str, str] = {}

    def asked(name: str, ask: Callable[[], Opinion]) -> Opinion | None:
        try:
            return ask()
        except EstimationError as error:
            missing[name] = error.rule
            return None

    tests: dict[str, Callable[[], Bootstrap]] = {
        str(kind): _by_region(fit, kind, level, resampling) for kind in KINDS
    }
    if resampling.by_site:
        tests["WCR11 by site"] = lambda: _by_site(sample, estimator, level, resampling)
    drawn = [asked(name, ask) for name, ask in tests.items()]
    return Opinions(
        bootstraps=tuple(found for found in drawn if found is not None),
        permutation=asked("permutation", lambda: _permutation(fit, resampling)),
        left_out=_left_out(fit, level),
        leverage=_leverage(fit),
        intraclass=asked(
            "intraclass", lambda: intraclass(sample.baseline, sample.regions).correlation
        ),
        unavailable=tuple(missing.items()),
    )


def _by_region(
    fit: LinearFit, kind: Kind, level: float, resampling: Resampling
) -> Callable[[], Bootstrap]:
    def ask() -> Bootstrap:
        found = wild_bootstrap(
            fit, ARM, kind=kind, level=level, draws=resampling.draws, rng=_lot(resampling)
        )
        return _bootstrap(found, kind, REGION)

    return ask


def _by_site(sample: Sample, estimator: str, level: float, resampling: Resampling) -> Bootstrap:
    """Weights by school, errors by region (MacKinnon & Webb 2018)."""
    if sample.sites is None:
        raise EstimationError("no_sites")
    labels, region_of = _sites(sample.regions, sample.sites)
    fit = LINEAR.get(estimator, LINEAR[FALLBACK])(sample, labels)
    found = wild_bootstrap(
        fit,
        ARM,
        level=level,
        clusters=[region_of[label] for label in fit.moments.labels],
        draws=resampling.draws,
        rng=_lot(resampling),
    )
    return _bootstrap(found, Kind.WCR11, SITE)


def _sites(regions: Labels, sites: Labels) -> tuple[Labels, dict[str, str]]:
    """A label for every school of every region; children of no known school share one."""
    labels = np.array(
        [f"{r}{BETWEEN}{s}" for r, s in zip(regions, sites, strict=True)], dtype=object
    )
    return labels, dict(zip(labels, regions, strict=True))


def _lot(resampling: Resampling) -> np.random.Generator:
    """Every test draws from the beginning, so that none depends on which were asked before."""
    return np.random.default_rng(resampling.seed)


def _bootstrap(found: WildTest, kind: Kind, drawn_by: str) -> Bootstrap:
    assert found.interval is not None, "a level was given"
    ends = (found.interval.low, found.interval.high)
    low, high = (end if isfinite(end) else None for end in ends)
    return Bootstrap(
        kind=str(kind),
        drawn_by=drawn_by,
        p_value=found.p_value,
        low=low,
        high=high,
        draws=found.draws,
        exact=found.exact,
        floor=found.floor,
        method=found.method,
    )


def _permutation(fit: LinearFit, resampling: Resampling) -> Permutation:
    found = permute_regions(fit, ARM, draws=resampling.draws, rng=_lot(resampling))
    return Permutation(
        p_value=found.p_value,
        floor=found.floor,
        permutations=found.permutations,
        exact=found.exact,
        method=found.method,
    )


def _left_out(fit: LinearFit, level: float) -> LeftOut:
    found = leave_one_out(fit, ARM, level=level)
    return LeftOut(found.low, found.high, found.keeps_sign)


def _leverage(fit: LinearFit) -> Leverage:
    found = leverage(fit, ARM)
    return Leverage(float(found.partial.max()), found.effective, found.effective_alike)
