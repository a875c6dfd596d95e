"""What is allowed and an example, for every kind of field; by whatever the study declares."""

import numpy as np
import pytest

from evaluation.design import Choice, Choices, Field, FieldType, Level, Need
from evaluation.intake.reading.sheets import Column
from evaluation.intake.recognise.answers import recognise
from evaluation.intake.suite import distinct_answers
from evaluation.intake.validation import failing_rows
from evaluation.intake.wording import NOBODY, allowed_in, example_of, worded
from evaluation.language import Language
from evaluation.records.codes import is_child_code
from evaluation.records.findings import Effect, Finding, Severity

LINE = Choices("sex", (Choice("F", {"en": "girl"}), Choice("M", {"en": "M"})))


def field(kind, **more):
    return Field("x", Level.ROW, kind, Need.OPTIONAL, {"en": "X"}, **more)


FIELDS = {
    "choice": (field(FieldType.CODE, choices=LINE), "F (girl); M", "F"),
    "several": (field(FieldType.MULTIPLE, choices=LINE), "F (girl); M", "F"),
    "day": (field(FieldType.DATE), "2022-11-14", "2022-11-14"),
    "number": (field(FieldType.INTEGER), "whole number", "1"),
    "from": (field(FieldType.INTEGER, minimum=3), "3", "3"),
    "between": (field(FieldType.INTEGER, minimum=8, maximum=17), "17", "8"),
    "form": (field(FieldType.TEXT, pattern=r"S\d{3}"), "S000", "S000"),
    "code": (
        field(FieldType.TEXT, pattern=r"\d{2}-\d{5}-\d", check="child_code"),
        NOBODY,
        NOBODY,
    ),
    "text": (field(FieldType.TEXT), "ext", ""),
}


@pytest.mark.parametrize("case", FIELDS)
def test_it_says_what_is_allowed_and_shows_an_example(case):
    asked, allowed, example = FIELDS[case]
    assert allowed in allowed_in(asked, Language("en"))
    assert example_of(asked) == example


@pytest.mark.parametrize("case", [case for case in FIELDS if FIELDS[case][2]])
def test_an_example_would_pass_its_own_rules(case):
    asked, _, example = FIELDS[case]
    answers = recognise(asked, Column(("", example), np.array([1], dtype=np.int32)), 0)
    distinct = distinct_answers((answers,), np.array([True]))
    assert answers.meant[1].rule is None
    assert failing_rows(distinct.frame, distinct.rules) == tuple(() for _ in distinct.rules)


def test_the_example_of_a_code_is_nobodys():
    assert is_child_code(NOBODY) and NOBODY.startswith("00")


def test_a_finding_about_no_question_has_only_words():
    words = worded(Finding("no_rows", Severity.MUST_FIX, Effect.REFUSE), Language("en"), None)
    assert words.wrong and words.fix
    assert (words.question, words.allowed) == ("", "")
    assert words.example == Language("en")("rule.no_rows.example")
