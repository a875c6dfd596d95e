from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.errors import SettingsError
from evaluation.records.codes import is_child_code
from evaluation.synthetic.child_codes import NUMBERS, Span, allot, codes_of
from evaluation.synthetic.seeds import Seeds

SEEDS = Seeds(3)


def codes(spans: tuple[Span, ...], first: int, last: int, check: str | None = "child_code"):
    return codes_of(spans, first=first, last=last, seeds=SEEDS, check=check)


def test_everybody_gets_a_number_of_the_region_they_were_enrolled_in() -> None:
    spans = allot({"10": 5, "63": 7}, {"10": "63", "63": "63"}, ["10", "63"])
    assert spans == {"10": (Span("63", 0, 5),), "63": (Span("63", 5, 12),)}


def test_children_beyond_a_prefix_get_what_other_prefixes_have_left() -> None:
    spans = allot({"10": NUMBERS + 3, "11": 4}, {"10": "10", "11": "11"}, ["10", "11", "15"])
    assert spans["10"] == (Span("10", 0, NUMBERS), Span("11", 4, 7))
    assert spans["11"] == (Span("11", 0, 4),)


def test_more_children_than_numbers_are_refused() -> None:
    with pytest.raises(SettingsError, match="too_many_children"):
        allot({"10": NUMBERS + 1}, {"10": "10"}, ["10"])


def test_codes_are_valid_unique_and_not_in_order() -> None:
    made = codes((Span("27", 0, 5_000),), 0, 5_000)
    assert all(is_child_code(code) for code in made)
    assert len(set(made)) == 5_000
    assert made != sorted(made)


def test_a_questionnaire_without_check_digit_gets_plain_codes() -> None:
    assert all(len(code) == 6 for code in codes((Span("n", 0, 3),), 0, 3, check=None))


@given(cut=st.integers(0, 60))
def test_a_child_has_the_same_code_however_its_region_is_cut_into_blocks(cut: int) -> None:
    spans = (Span("27", 10, 40), Span("31", 0, 20), Span("35", 99_990, 100_000))
    assert codes(spans, 0, cut) + codes(spans, cut, 60) == codes(spans, 0, 60)


def test_two_seeds_give_other_codes() -> None:
    spans = (Span("27", 0, 20),)
    other = codes_of(spans, first=0, last=20, seeds=Seeds(4), check="child_code")
    assert codes(spans, 0, 20) != other
