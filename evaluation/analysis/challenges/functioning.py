"""Without the questions that work differently in two groups: languages, or arms at baseline."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evaluation.analysis.arrays import Flags, Rows
from evaluation.analysis.challenges.case import Case, began_of
from evaluation.analysis.measurement.item_functioning import ItemFunctioning, item_functioning
from evaluation.analysis.scoring import answers_of, scores_of
from evaluation.errors import EstimationError
from evaluation.records.challenges import Challenge


def language_items(case: Case, name: str) -> Challenge:
    return _without(case, name, by_language(case))


def arm_items(case: Case, name: str) -> Challenge:
    return _without(case, name, by_arm(case))


def by_language(case: Case) -> tuple[ItemFunctioning, ...]:
    """At baseline, children asked in one of the plan's two languages. Raises EstimationError
    `no_language`, and what `item_functioning` refuses."""
    languages = case.plan.challenges.languages
    if languages is None or languages.field not in case.responses:
        raise EstimationError("no_language")
    rows = began_of(case).rows
    asked = case.responses[languages.field].to_numpy(dtype=object)[rows]
    one = np.array([said in (languages.first, languages.second) for said in asked], dtype=bool)
    return _functioning(case, rows[one], asked[one] == languages.second)


def by_arm(case: Case) -> tuple[ItemFunctioning, ...]:
    """At baseline, when nothing had been done: a question that differs here differs by region."""
    began = began_of(case)
    return _functioning(case, began.rows, began.pilot)


def _functioning(case: Case, rows: Rows, group: Flags) -> tuple[ItemFunctioning, ...]:
    answers = answers_of(case.responses.iloc[rows], case.scale, case.instrument)
    rules = case.plan.challenges
    return item_functioning(
        answers, case.scale.items, group, alpha=rules.item_alpha, large=rules.item_effect
    )


def _without(case: Case, name: str, found: tuple[ItemFunctioning, ...]) -> Challenge:
    scale = case.scale
    flagged = {item.item for item in found if item.flagged}
    left = tuple(item for item in scale.items if item not in flagged)
    if not flagged:
        raise EstimationError("no_flagged_items")
    if len(left) < 2:
        raise EstimationError("too_few_items_left")
    needed = max(1, round(scale.min_answered * len(left) / len(scale.items)))
    shorter = replace(
        scale, items=left, reversed=scale.reversed & frozenset(left), min_answered=needed
    )
    scores = scores_of(case.responses, shorter, case.instrument)
    method = f"Proportional odds on the total; {len(flagged)} of {len(scale.items)} items removed"
    return case.of_sample(name, case.sample(scores=scores), method)
