"""Do the intervals hold what they promise? The true effects against 200 synthetic studies.

Run by hand: `python benchmarks/synthetic_truth.py [seeds] [children]`. Every study is drawn from
evaluation/synthetic/truth.yaml and goes through the plan's own analysis; printed is the share of
95 % intervals that hold the true effect, its distance from 95 % in standard errors of that share,
and how far the estimates are from the truth on average.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from statistics import fmean

# Run as a file, this folder's neighbour is the package.
sys.path.insert(0, str(Path(__file__).parent.parent))

from evaluation.analysis import compare
from evaluation.design import Study, load_study
from evaluation.synthetic import Truth, load_truth, responses_of

SEEDS, CHILDREN = 200, 400
STUDY = Path(__file__).parent.parent / "evaluation" / "study"
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Coverage:
    """`answered` studies gave a number; the others said why not."""

    outcome: str
    truth: float
    answered: int
    inside: int
    bias: float  # mean of estimate minus truth, points
    found: int  # studies whose interval leaves out zero

    @property
    def share(self) -> float:
        return self.inside / self.answered

    @property
    def distance(self) -> float:
        """From the promised level, in standard errors of a share of so many studies."""
        return (self.share - LEVEL) / sqrt(LEVEL * (1 - LEVEL) / self.answered)


def coverage(study: Study, truth: Truth, *, seeds: range, children: int) -> tuple[Coverage, ...]:
    """One row an outcome of the plan that gave a number at least once."""
    estimates = [
        estimate
        for seed in seeds
        for estimate in compare(
            responses=responses_of(study, truth, children, seed), tallies=(), study=study
        )[0]
        if estimate.value is not None
    ]
    assert study.plan is not None
    rows = []
    for outcome in study.plan.outcomes:
        mine = [e for e in estimates if e.outcome == outcome.id]
        effect = truth.effect_on(outcome.scale)
        ends = [(e.low, e.high) for e in mine if e.low is not None and e.high is not None]
        if ends:
            rows.append(
                Coverage(
                    outcome=outcome.id,
                    truth=effect,
                    answered=len(ends),
                    inside=sum(low <= effect <= high for low, high in ends),
                    bias=fmean(e.value - effect for e in mine if e.value is not None),
                    found=sum(low > 0 or high < 0 for low, high in ends),
                )
            )
    return tuple(rows)


def main(seeds: int = SEEDS, children: int = CHILDREN) -> None:
    study, truth = load_study(STUDY), load_truth()
    print(f"{seeds} studies of {children} children; promised {LEVEL:.0%}")
    print("outcome   truth  answered  inside  distance     bias  not zero")
    for row in coverage(study, truth, seeds=range(seeds), children=children):
        print(
            f"{row.outcome:8} {row.truth:6.2f} {row.answered:9} {row.share:7.1%}"
            f" {row.distance:+9.1f} {row.bias:+8.3f} {row.found / row.answered:9.1%}"
        )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
