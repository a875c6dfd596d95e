"""The whole evidence table: how long, which challenge takes it, and how it grows with children.

`python -m benchmarks evidence`, or `python -m benchmarks.evidence CHILDREN ...` for other sizes.
The shipped plan with its 50 imputations and eight outcomes, on children of whom a tenth has no
baseline form, so that nothing is left unasked; by the processor's own clock, which a busy machine
cannot stretch. Growth is said for each challenge: seconds for the children over seconds for the
fewest, over how many times as many children they are. Under 1 is less than linear.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from benchmarks.synthetic_truth import STUDY
from evaluation.analysis import CHALLENGES, cases_of, challenge
from evaluation.design import Plan, Study, load_study
from evaluation.synthetic import load_truth, responses_of

CHILDREN = (520, 1_000, 10_000, 100_000)
SEED = 1


def open_plan(plan: Plan) -> Plan:
    """Asked whatever the gap at baseline: a refusal costs nothing, and would be a fast answer."""
    return replace(plan, thresholds=plan.thresholds | {"gap_refuse": 9.0})


def delivered(study: Study, children: int) -> pd.DataFrame:
    """A tenth of the baseline forms without an answer, one code in fifty with a slip."""
    responses = responses_of(study, load_truth(), children, SEED)
    assert study.plan is not None
    lot = np.random.default_rng(SEED)
    first = (responses["wave"] == study.plan.baseline_wave).to_numpy()
    silent = first & (lot.random(len(responses)) < 0.1)
    items = [item.name for item in study.instruments[study.plan.instrument].items]
    responses.loc[silent, items] = pd.NA
    slipped = ~first & (lot.random(len(responses)) < 0.02)
    codes = responses.loc[slipped, "respondent"]
    responses.loc[slipped, "respondent"] = codes.str.slice(0, -1) + "x"
    return responses


def seconds(study: Study, children: int) -> dict[str, float]:
    """Challenge → seconds of the processors for all outcomes; the first in a process also pays for
    what it imports."""
    responses = delivered(study, children)
    start = time.process_time()
    cases = cases_of(responses, study)
    took = {"scores, links": time.process_time() - start}
    for name in CHALLENGES:
        start = time.process_time()
        for case in cases:
            challenge(case, name)
        took[name] = time.process_time() - start
    return took


def shares(took: Mapping[str, float], children: int, outcomes: int) -> None:
    whole = sum(took.values())
    print(f"\n{children} children, {outcomes} outcomes: {whole:.1f} s")
    for name, part in sorted(took.items(), key=lambda each: -each[1]):
        print(f"{name:16} {part:7.2f} s {part / whole:6.1%}", flush=True)


def growth(took: Mapping[int, Mapping[str, float]]) -> None:
    fewest = min(took)
    print(f"\ngrowth from {fewest} children, over linear")
    for children in list(took)[1:]:
        times = children / fewest
        parts = {name: took[children][name] / took[fewest][name] / times for name in took[fewest]}
        whole = sum(took[children].values()) / sum(took[fewest].values()) / times
        most = max(parts, key=lambda name: parts[name])
        print(f"{children:8} whole {whole:5.2f}, most {most} {parts[most]:5.2f}")


def main(*sizes: int) -> None:
    study = load_study(STUDY)
    assert study.plan is not None
    study = replace(study, plan=open_plan(study.plan))
    seconds(study, 300)  # imports
    took = {children: seconds(study, children) for children in sizes or CHILDREN}
    for children, parts in took.items():
        shares(parts, children, len(study.plan.outcomes))
    growth(took)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
