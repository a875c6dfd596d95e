"""Tables that cannot answer: everything that is asked of them says why, in every language."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import asdict, replace

import numpy as np
import pandas as pd
import pytest

from evaluation.analysis import cases_of, challenge, compare, evidence_of, measures_of
from evaluation.design import Plan
from evaluation.design.challenges import ChallengeRules, Languages
from evaluation.language import Language, languages
from tests.evaluation.analysis import given
from tests.evaluation.analysis.test_evidence_table import SPOKEN, lost, spoken

RULES = ChallengeRules(imputations=3, languages=SPOKEN)
PLAN = replace(given.PLAN, covariates=(given.AGE, given.FEMALE), challenges=RULES)


def gaps(responses: pd.DataFrame, *columns: str) -> pd.DataFrame:
    return responses.assign(**{c: pd.array([pd.NA] * len(responses), "Int16") for c in columns})


def alike(responses: pd.DataFrame) -> pd.DataFrame:
    return responses.assign(
        **{q: pd.array([3] * len(responses), "Int16") for q in ("q1", "q2", "q3")}
    )


def twelve(responses: pd.DataFrame) -> pd.DataFrame:
    children = responses["respondent"].unique()
    few = responses["respondent"].isin(children[:12])
    return responses.assign(talk=np.where(few, "ru", "kk"))


def never(responses: pd.DataFrame) -> pd.DataFrame:
    return responses.assign(q2=responses["q2"].where(~responses["q2"].isin([2, 3]), 4))


def one_wave(responses: pd.DataFrame) -> pd.DataFrame:
    return responses[responses["wave"] == 0].reset_index(drop=True)


def apart(responses: pd.DataFrame) -> pd.DataFrame:
    """Pilot children are all older but one: no weights can make the others alike."""
    pilot = responses["region"].str.startswith("p").to_numpy()
    first = responses["respondent"].isin(["child0", "child1", "child40", "child70"]).to_numpy()
    age = np.where(pilot ^ first, 16, 8)
    return responses.assign(age=pd.array(age, "Int16"))


TABLES: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "a question that nobody answered": lambda r: gaps(r, "q1"),
    "nobody answered anything": lambda r: gaps(r, "q1", "q2", "q3"),
    "all answered alike": alike,
    "twelve children in a language": twelve,
    "one language only": lambda r: r.assign(talk="kk"),
    "a category that never occurs": never,
    "nobody lost": lambda r: r,
    "all of one arm lost": lambda r: lost(r, 1.1),
    "all lost": one_wave,
    "a covariate that nobody has": lambda r: gaps(r, "age"),
    "weights that cannot balance": apart,
    "no child at all": lambda r: r.iloc[:0],
}


def numbers(record: object) -> list[float]:
    values = asdict(record).values()  # type: ignore[call-overload]
    return [value for value in values if isinstance(value, float)]


@pytest.mark.parametrize("table", TABLES)
def test_every_question_answers_with_numbers_or_with_a_reason_that_can_be_said(table: str) -> None:
    responses = given.typed(TABLES[table](spoken(children=16)))
    study = given.study(PLAN)
    evidence, measures = evidence_of(responses, study), measures_of(responses, study)
    estimates, _ = compare(responses=responses, tallies=(), study=study)
    records = [*evidence, *(r for kind in asdict_kinds(measures) for r in kind)]
    assert records and estimates
    assert all(math.isfinite(number) for record in records for number in numbers(record))
    json.dumps([asdict(record) for record in records], allow_nan=False)  # as the store keeps them
    reasons = {getattr(record, "reason", None) for record in records} - {None}
    for code in languages():
        assert all(Language(code)(f"reason.{rule}") for rule in reasons)


def asdict_kinds(measures: object) -> list[tuple[object, ...]]:
    return [getattr(measures, name) for name in measures.__slots__]  # type: ignore[attr-defined]


def uneven(responses: pd.DataFrame) -> pd.DataFrame:
    """Three in four pilot children are older, one in four of the others."""
    number = responses["respondent"].str.removeprefix("child").astype(int).to_numpy()
    pilot = responses["region"].str.startswith("p").to_numpy()
    age = np.where((number % 4 == 0) ^ pilot, 16, 8)
    return responses.assign(age=pd.array(age, "Int16"))


@pytest.mark.parametrize(("table", "rule"), [(apart, "no_balance"), (uneven, "few_effective")])
def test_weights_that_cannot_balance_are_refused_with_the_reason(table, rule: str) -> None:
    responses = given.typed(table(given.answers(children=16)))
    plan: Plan = replace(PLAN, covariates=(given.AGE,), challenges=ChallengeRules(imputations=3))
    (case,) = cases_of(responses, given.study(plan))
    cell = challenge(case, "reweighted")
    assert (cell.value, cell.reason) == (None, rule)


def test_a_plan_that_asks_for_a_language_nobody_has_gets_a_reason() -> None:
    plan = replace(PLAN, challenges=ChallengeRules(languages=Languages("sex", "kk", "ru")))
    measures = measures_of(given.answers(), given.study(plan))
    by_language = [x for x in measures.item_differences if x.between == "language"]
    assert [x.reason for x in by_language] == ["one_group"]
    assert {x.reason for x in measures.reliabilities if x.language} == {"item_unanswered"}
