"""Do imputation and bounds hold the truth where children were lost? By studies that lose them.

`python -m benchmarks lost`, or `python -m benchmarks.lost_children [studies]`. Every study is
drawn from evaluation/synthetic/truth.yaml without any loss; then children are lost by a rule that
is stated here, and the plan's own challenges are asked. Printed is the share of intervals of 95 %
that hold the truth, with its standard error over studies.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.synthetic_truth import STUDY
from benchmarks.tallied import NONE, Tally
from evaluation.analysis import cases_of, challenge
from evaluation.analysis.arrays import Flags, Floats
from evaluation.analysis.challenges.case import Began, Case, began_of
from evaluation.analysis.cohort import NOT_MET
from evaluation.design import Study, load_study
from evaluation.synthetic import Truth, load_truth, responses_of

STUDIES, CHILDREN, SEED = 200, 520, 6


@dataclass(frozen=True, slots=True, eq=False)
class Loss:
    """Who is lost: without a baseline score, without one at year-end; `moves` the truth by so many
    points."""

    baseline: Flags
    endline: Flags
    moves: float = 0.0


Rule = Callable[[Began, np.random.Generator], Loss]


def by_what_is_seen(began: Began, rng: np.random.Generator) -> Loss:
    """Missing at random. One baseline form in eight is lost, twice as many of those filled in in
    Russian; at year-end those are missing who were low at baseline, and more in pilot regions."""
    russian = began.covariates[:, -1] == 1
    no_baseline = chosen(rng, -2.3 + 0.8 * russian)
    low = np.where(no_baseline, 0.0, -standard(began.baseline))
    return Loss(no_baseline, chosen(rng, -2.2 + 0.8 * low + 0.5 * began.pilot))


def worse_than_alike(began: Began, rng: np.random.Generator) -> Loss:
    """Not at random: 15 % of the pilot children and 5 % of the others are not seen again, and the
    pilot children among them are half a standard deviation lower than those like them."""
    lost = rng.random(len(began.pilot)) < np.where(began.pilot, 0.15, 0.05)
    half = 0.5 * float(np.nanstd(began.baseline[~began.pilot], ddof=1))
    nobody = np.zeros(len(lost), dtype=bool)
    return Loss(nobody, lost, moves=-half * float(lost[began.pilot].mean()))


def by_what_is_seen_and_arm(began: Began, rng: np.random.Generator) -> Loss:
    """Missing at random: those low at baseline, 6 % of the pilot children, 20 % of the others."""
    low = -standard(began.baseline)
    nobody = np.zeros(len(low), dtype=bool)
    return Loss(nobody, chosen(rng, np.where(began.pilot, -3.0, -1.6) + 0.8 * low))


def weakest_of_the_others(began: Began, rng: np.random.Generator) -> Loss:
    """Not at random: the 15 % of the comparison children who are lowest at year-end, and nobody of
    the pilot's; equals by lot."""
    lot = np.where(np.isfinite(began.endline), began.endline, np.inf)
    lot = lot + 1e-6 * rng.random(len(lot))
    others = ~began.pilot
    lost = others & (lot < np.quantile(lot[others], 0.15))
    return Loss(np.zeros(len(lost), dtype=bool), lost)


RULES: Mapping[str, tuple[Rule, tuple[str, ...]]] = {
    "at random, both waves": (by_what_is_seen, ("headline", "imputed")),
    "pilot's lost half an SD lower": (worse_than_alike, ("headline", "not_at_random")),
    "at random, arms unequal": (by_what_is_seen_and_arm, ("headline", "bounds")),
    "comparison's weakest": (weakest_of_the_others, ("headline", "bounds")),
}
"""What is lost, and which challenges are asked of it."""


@dataclass(frozen=True, slots=True)
class Held:
    loss: str
    challenge: str
    tally: Tally
    width: float


def standard(scores: Floats) -> Floats:
    """From their mean in standard deviations; 0 where there is none."""
    from_mean = (scores - np.nanmean(scores)) / np.nanstd(scores)
    return np.where(np.isfinite(from_mean), from_mean, 0.0)


def chosen(rng: np.random.Generator, log_odds: Floats) -> Flags:
    return np.asarray(rng.random(len(log_odds)) < 1 / (1 + np.exp(-log_odds)))


def without(case: Case, loss: Loss) -> Case:
    """The case as it would have been delivered: scores that are lost are missing."""
    cohort, scores = case.cohort, case.scores.copy()
    here = np.flatnonzero(np.isin(cohort.first, began_of(case).rows))
    last = cohort.last[here]
    scores[cohort.first[here][loss.baseline]] = np.nan
    scores[last[loss.endline & (last != NOT_MET)]] = np.nan
    return replace(case, scores=scores)


def lossless(truth: Truth) -> Truth:
    return replace(truth, attrition=dict.fromkeys(truth.attrition, 0.0))


def held(study: Study, truth: Truth, *, seeds: Iterable[int], children: int) -> tuple[Held, ...]:
    """Every loss under its challenges, over all outcomes of the plan."""
    whole = lossless(truth)
    asked = [(loss, name) for loss, (_, names) in RULES.items() for name in names]
    tallies, widths = dict.fromkeys(asked, NONE), {pair: [] for pair in asked}
    for seed in seeds:
        cases = cases_of(responses_of(study, whole, children, seed), study)
        for loss, name in asked:
            cells = [_asked(case, loss, name, truth, seed) for case in cases]
            inside = [low <= aim <= high for low, high, aim in filter(None, cells)]
            tallies[loss, name] += Tally((sum(inside),), (len(inside),))
            widths[loss, name] += [high - low for low, high, _ in filter(None, cells)]
    return tuple(
        Held(loss, name, tallies[loss, name], float(np.mean(widths[loss, name] or [np.nan])))
        for loss, name in asked
    )


def _asked(
    case: Case, loss: str, name: str, truth: Truth, seed: int
) -> tuple[float, float, float] | None:
    """Low, high, and what is true; None where the plan gives no number."""
    rng = np.random.default_rng([SEED, seed, sorted(RULES).index(loss), *case.outcome.id.encode()])
    lost = RULES[loss][0](began_of(case), rng)
    found = challenge(without(case, lost), name)
    if found.low is None or found.high is None:
        return None
    return found.low, found.high, truth.effect_on(case.scale.id) + lost.moves


def main(studies: int = STUDIES) -> None:
    study, truth = load_study(STUDY), load_truth()
    print(f"{studies} studies of {CHILDREN} children, all outcomes; promised 95 %")
    print("| lost | answer | given | hold the truth, % | ± | mean width |")
    print("|---|---|---|---|---|---|")
    for row in held(study, truth, seeds=range(studies), children=CHILDREN):
        tally = row.tally
        print(
            f"| {row.loss} | {row.challenge} | {sum(tally.answers)} | {100 * tally.share:.1f}"
            f" | {100 * tally.chance:.1f} | {row.width:.2f} |"
        )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
