"""One outcome of the pilot with everything beside it, and eight outcomes: in milliseconds.

520 children in 10 and in 14 regions, a scale of ten questions, three covariates: the estimators,
the wild bootstrap with its interval, permutation, two stages, leave-one-region-out and leverage;
max-t over the eight. By the processor's own clock, which a busy machine cannot stretch. The first
call of a process also imports what it needs, and is said apart.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import numpy as np

from benchmarks.timing import once
from evaluation.analysis.estimators import ESTIMATORS
from evaluation.analysis.inference.least_squares import LinearFit, fit_with_constant
from evaluation.analysis.inference.leave_one_out import leave_one_out
from evaluation.analysis.inference.leverage import leverage
from evaluation.analysis.inference.max_t import max_t
from evaluation.analysis.inference.permutation import permute_regions
from evaluation.analysis.inference.two_stage import two_stage
from evaluation.analysis.inference.wild_bootstrap import wild_bootstrap
from evaluation.analysis.sample import Sample

CHILDREN, OUTCOMES = 520, 8
REGIONS = (10, 14)
STEP = 0.1  # between the scores that a mean of ten questions can have


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    seconds: float


def seconds(work: Callable[[], object], *, runs: int) -> float:
    """Of the processors: the median of `runs`, after one that is not counted."""
    work()
    took = []
    for _ in range(runs):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return median(took)


def drawn(regions: int, seed: int) -> Sample:
    rng = np.random.default_rng(seed)
    region = np.arange(CHILDREN) % regions
    pilot = region < regions // 2
    baseline = rng.normal(3, 0.6, CHILDREN)
    endline = 1.2 + 0.6 * baseline + 0.1 * pilot + rng.normal(0, 0.15, regions)[region]
    endline += rng.normal(0, 0.5, CHILDREN)
    return Sample(
        respondents=np.arange(CHILDREN).astype(object),
        regions=region.astype(str).astype(object),
        pilot=pilot,
        baseline=np.round(baseline.clip(1, 5) / STEP) * STEP,
        endline=np.round(endline.clip(1, 5) / STEP) * STEP,
        covariates=rng.normal(size=(CHILDREN, 3)),
        covariate_names=("age", "female", "russian"),
    )


def fitted(sample: Sample) -> LinearFit:
    slopes = np.column_stack([sample.pilot, sample.baseline, sample.covariates]).astype(float)
    columns = ("pilot", "baseline", *sample.covariate_names)
    return fit_with_constant(slopes, sample.endline, sample.regions, columns)


def battery(sample: Sample) -> LinearFit:
    for estimator in ESTIMATORS.values():
        estimator(sample, level=0.95)
    fit = fitted(sample)
    wild_bootstrap(fit, "pilot")
    permute_regions(fit, "pilot")
    two_stage(fit, "pilot")
    leave_one_out(fit, "pilot")
    leverage(fit, "pilot")
    return fit


def eight(samples: list[Sample]) -> None:
    max_t([battery(sample) for sample in samples], "pilot")


def parts(sample: Sample) -> list[Part]:
    fit = fitted(sample)
    works = {
        **{
            name: lambda estimator=estimator: estimator(sample, level=0.95)
            for name, estimator in ESTIMATORS.items()
        },
        "wild bootstrap, interval": lambda: wild_bootstrap(fit, "pilot"),
        "permutation": lambda: permute_regions(fit, "pilot"),
        "two stages": lambda: two_stage(fit, "pilot"),
        "leave one region out": lambda: leave_one_out(fit, "pilot"),
    }
    return [Part(name, seconds(work, runs=15)) for name, work in works.items()]


def main() -> None:
    print(f"first battery of a process {1e3 * once(lambda: battery(drawn(10, 0))):.0f} ms")
    for regions in REGIONS:
        samples = [drawn(regions, seed) for seed in range(OUTCOMES)]
        whole = seconds(lambda s=samples: battery(s[0]), runs=15)
        all_of_them = seconds(lambda s=samples: eight(s), runs=3)
        print(f"\n{CHILDREN} children in {regions} regions")
        for part in parts(samples[0]):
            print(f"{part.name:28} {1e3 * part.seconds:7.1f} ms")
        print(f"{'one outcome, all of these':28} {1e3 * whole:7.1f} ms")
        print(f"{f'{OUTCOMES} outcomes and max-t':28} {1e3 * all_of_them:7.1f} ms")


if __name__ == "__main__":
    main()
