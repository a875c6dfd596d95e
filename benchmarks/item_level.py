"""How often is a question called different that is not, and one that is? By drawn studies.

`python -m benchmarks items`, or `python -m benchmarks.item_level [studies]`. In
evaluation/synthetic/truth.yaml every question works alike in both languages and in both arms, so
that the test alone should reject one in a hundred, and the plan's rule (test and size) hardly any.
Then one question of every scale is moved by a box for half of the children asked in the second
language, by lot: half a box on average.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.synthetic_truth import STUDY
from benchmarks.tallied import NONE, Tally
from evaluation.analysis import cases_of
from evaluation.analysis.challenges.case import Case
from evaluation.analysis.challenges.functioning import by_arm, by_language
from evaluation.analysis.measurement.item_functioning import ItemFunctioning
from evaluation.design import Study, load_study
from evaluation.synthetic import Truth, load_truth, responses_of

STUDIES, CHILDREN = 100, 520


@dataclass(frozen=True, slots=True)
class Called:
    """Questions judged: `tested` under alpha by the test alone, `flagged` by the plan's rule."""

    what: str
    tested: Tally
    flagged: Tally


def moved(case: Case) -> Case:
    """The scale's first question a box higher for half of the second language's children; within
    its boxes, so by less where children stand high already."""
    languages = case.plan.challenges.languages
    assert languages is not None, "the shipped plan names two languages"
    item, responses = case.scale.items[0], case.responses.copy()
    valid = list(case.instrument.field(item).choices.valid_values)
    second = responses[languages.field].eq(languages.second).fillna(False)
    lot = np.random.default_rng(len(responses)).random(len(responses)) < 0.5
    answered = second & lot & responses[item].isin(valid).fillna(False)
    way = -1 if item in case.scale.reversed else 1
    responses.loc[answered, item] = (responses.loc[answered, item] + way).clip(
        min(valid), max(valid)
    )
    return replace(case, responses=responses)


ASKED: Mapping[str, tuple[Callable[[Case], tuple[ItemFunctioning, ...]], bool]] = {
    "no question differs, by language": (by_language, False),
    "no question differs, by arm": (by_arm, False),
    "one question moved by half a box": (by_language, True),
}


def called(
    study: Study, truth: Truth, *, seeds: Iterable[int], children: int
) -> tuple[Called, ...]:
    found = {what: Called(what, NONE, NONE) for what in ASKED}
    for seed in seeds:
        cases = cases_of(responses_of(study, truth, children, seed), study)
        for what, (ask, changed) in ASKED.items():
            judged = [one for case in cases for one in _judged(case, ask, changed)]
            so_far = found[what]
            under = sum(one.either.p_value < cases[0].plan.challenges.item_alpha for one in judged)
            found[what] = replace(
                so_far,
                tested=so_far.tested + Tally((under,), (len(judged),)),
                flagged=so_far.flagged
                + Tally((sum(one.flagged for one in judged),), (len(judged),)),
            )
    return tuple(found.values())


def _judged(
    case: Case, ask: Callable[[Case], tuple[ItemFunctioning, ...]], changed: bool
) -> list[ItemFunctioning]:
    """Of a changed scale the changed question alone."""
    judged = ask(moved(case))[:1] if changed else ask(case)
    return [one for one in judged if one.either is not None]


def main(studies: int = STUDIES) -> None:
    study, truth = load_study(STUDY), load_truth()
    print(f"{studies} studies of {CHILDREN} children, all scales")
    print("| truth | questions | under alpha, % | ± | flagged, % | ± |")
    print("|---|---|---|---|---|---|")
    for row in called(study, truth, seeds=range(studies), children=CHILDREN):
        shares = " | ".join(
            f"{100 * tally.share:.2f} | {100 * tally.chance:.2f}"
            for tally in (row.tested, row.flagged)
        )
        print(f"| {row.what} | {sum(row.tested.answers)} | {shares} |")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
