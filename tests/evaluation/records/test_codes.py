from itertools import pairwise, product

import pytest

from evaluation.records.codes import Slip, check_digit, child_code, corrections, is_child_code

# domain.md §2.6: worked out apart from this code
GIVEN = ["27-40831-1", "10-00042-2", "35-12907-7", "71-99999-4", "75-00001-3"]


@pytest.mark.parametrize("code", GIVEN)
def test_published_codes_are_valid(code):
    assert is_child_code(code)
    assert child_code(code[:2], int(code[3:8])) == code


@pytest.mark.parametrize(
    "code", ["27-40831-2", "27408311", "27-4083-1", "27-40831-1 ", "", "2А-40831-1"]
)
def test_anything_else_is_not(code):
    assert not is_child_code(code)


def test_every_single_wrong_digit_is_caught():
    digits = "2740831"
    right = check_digit(digits)
    for place, digit in product(range(len(digits)), "0123456789"):
        wrong = digits[:place] + digit + digits[place + 1 :]
        assert (check_digit(wrong) == right) == (wrong == digits)


def by_the_book(digits: str) -> str:
    """The standard's other definition: the one digit with which the whole string checks to 1."""

    def checks(full: str) -> bool:
        product = 10
        for digit in full[:-1]:
            total = (product + int(digit)) % 10
            product = (10 if total == 0 else total) * 2 % 11
        return (product + int(full[-1])) % 10 == 1

    return next(d for d in "0123456789" if checks(digits + d))


@pytest.mark.parametrize("digits", ["0000000", "9999999", "6300017", "1000042", "1234567"])
def test_it_agrees_with_the_other_definition_of_the_standard(digits):
    assert check_digit(digits) == by_the_book(digits)


def slips_of(code: str) -> set[str]:
    """Everything that one slip of the pen makes of a code: the other way round than the code does."""
    places = [place for place, sign in enumerate(code) if sign != "-"]
    digits = {
        code[:place] + digit + code[place + 1 :] for place, digit in product(places, "0123456789")
    }
    swaps = set()
    for one, other in pairwise(places):
        signs = list(code)
        signs[one], signs[other] = signs[other], signs[one]
        swaps.add("".join(signs))
    return digits | swaps


@pytest.mark.parametrize("code", GIVEN)
def test_of_every_slip_that_shows_the_right_code_is_among_the_corrections(code):
    shown = [slip for slip in slips_of(code) if not is_child_code(slip)]
    assert len(shown) > 70
    for slip in shown:
        found = corrections(slip)
        assert code in {each.code for each in found}
        assert all(slip in slips_of(each.code) and is_child_code(each.code) for each in found)


@pytest.mark.parametrize(
    ("typed", "slip", "digit"),
    [
        ("17-40831-1", Slip.DIGIT, 1),
        ("27-40837-1", Slip.DIGIT, 7),
        ("27-40831-2", Slip.DIGIT, 8),
        ("27-04831-1", Slip.SWAP, 3),
        ("24-70831-1", Slip.SWAP, 2),
        ("27-40813-1", Slip.SWAP, 6),
    ],
)
def test_a_correction_says_where_the_slip_is(typed, slip, digit):
    found = [each for each in corrections(typed) if each.code == "27-40831-1"]
    assert [(each.slip, each.digit) for each in found] == [(slip, digit)]
