"""A slip in a code is located where exactly one child of the region fits, and no code is said."""

import pytest

from evaluation.intake import check
from evaluation.intake.known import Known
from evaluation.language import Language, languages
from evaluation.records.batches import Card
from evaluation.records.codes import child_code, corrections
from tests.evaluation.intake.given import EXPECTATIONS, nobody, text_table
from tests.evaluation.intake.test_places import HEADER, visit

RIGHT = "10-40831-0"


def found(visits, *typed, known=(), **cells):
    """(rule, row, values) of every finding about a code, with these codes known."""
    rows = [visit(number, Child=code, **cells) for number, code in enumerate(typed)]
    intake = check(
        text_table([HEADER, *rows]),
        study=visits,
        instrument=None,
        region=None,
        wave=None,
        declared=Card(),
        expectations=EXPECTATIONS,
        already_stored=nobody,
        known=Known(codes=lambda asked: frozenset(known) & frozenset(asked)),
    )
    about = ("wrong_check_digit", "code_digit", "code_swap")
    return [(f.rule, f.row, dict(f.values)) for f in intake.findings if f.rule in about]


def test_the_code_of_these_tests_is_one():
    assert child_code("10", 40831) == RIGHT


@pytest.mark.parametrize(
    ("typed", "rule", "values"),
    [
        ("10-40837-0", "code_digit", {"digit": 7, "likely": 1}),
        ("10-40831-1", "code_digit", {"digit": 8, "likely": int(RIGHT[-1])}),
        ("10-04831-0", "code_swap", {"digit": 3, "next": 4}),
        ("10-40813-0", "code_swap", {"digit": 6, "next": 7}),
    ],
)
def test_the_slip_is_located(visits, typed, rule, values):
    assert found(visits, typed, known=[RIGHT]) == [(rule, 2, values)]


def test_where_nobody_or_two_fit_nothing_is_guessed(visits):
    typed, general = "10-40831-1", [("wrong_check_digit", 2, {})]
    two = [each.code for each in corrections(typed) if each.code.startswith("10-")][:2]
    assert len(two) == 2
    assert found(visits, typed) == general
    assert found(visits, typed, known=two) == general
    assert found(visits, typed, known=two[:1]) != general


def test_children_of_other_regions_are_not_thought_of(visits):
    """Hills was split from East: its children may bear East's prefix, and no other."""
    typed_east, east = "63-40832-" + child_code("63", 40831)[-1], child_code("63", 40831)
    assert found(visits, typed_east, known=[east]) == [("code_digit", 2, {"digit": 7, "likely": 1})]
    town = child_code("71", 40831)
    assert found(visits, "71-40832-" + town[-1], known=[town]) == [("wrong_check_digit", 2, {})]


def test_a_row_of_no_region_is_not_compared(visits):
    unknown = {"Region": "Nowhere", "Site": "S1"}
    assert found(visits, "10-40831-1", known=[RIGHT], **unknown) == [("wrong_check_digit", 2, {})]


def test_a_code_of_another_form_is_not_compared(visits):
    assert found(visits, "1040831", known=[RIGHT]) == []


@pytest.mark.parametrize("code", languages())
def test_no_message_says_a_code(visits, code):
    say = Language(code)
    for rule, _, values in found(visits, "10-40837-0", "10-04831-0", known=[RIGHT]):
        for key in (f"rule.{rule}", f"rule.{rule}.fix"):
            assert "40831" not in say(key, **values)
