import random

import pytest

from evaluation.intake.privacy import iin

# domain.md §4.4: birth dates in 2099 or in month 13, so nobody can own them.
VALID = [
    "991231500016",
    "991231600012",
    "991231500026",
    "991231600301",
    "991231600313",
    "001300500016",
    "091300500012",
]


def by_hand(digits):
    """Both rounds spelt out, weight by weight."""
    first = 0
    for place in range(11):
        first += (place + 1) * int(digits[place])
    if first % 11 != 10:
        return first % 11 == int(digits[11])
    second = 0
    for place, weight in enumerate([3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]):
        second += weight * int(digits[place])
    return second % 11 != 10 and second % 11 == int(digits[11])


@pytest.mark.parametrize("digits", VALID)
def test_a_number_with_the_right_check_digit_is_found(digits):
    assert iin.is_iin(digits)
    assert list(iin.find(f"before {digits} after")) == [7]


@pytest.mark.parametrize("last", "0123456789")
def test_a_number_that_is_never_issued_is_none(last):
    assert not iin.is_iin("99123150077" + last)


def test_the_check_digit_agrees_with_the_sum_done_by_hand():
    rng = random.Random(4)
    drawn = [f"{rng.randrange(10**12):012d}" for _ in range(3000)]
    assert [iin.is_iin(digits) for digits in drawn] == [by_hand(digits) for digits in drawn]


@pytest.mark.parametrize(
    "text",
    [
        "991231 500016",
        "991231-500016",
        "ИИН:991231500016.",
        "9,91232E+11",
        "9.9123E+11",
        "1,3005E+10",
    ],
)
def test_it_is_found_however_it_is_written(text):
    assert list(iin.find(text))


@pytest.mark.parametrize(
    "text",
    ["991231500014", "1991231500016", "9912315000161", "27-40831-1", "2022-12-05", "1,5E+05"],
)
def test_other_numbers_are_not(text):
    assert list(iin.find(text)) == []


def test_a_column_that_lost_its_zeros_is_known_by_the_many():
    texts = ("1300500016", "91300500012", "1300500016", "")
    assert iin.shortened(texts) == [0, 1, 2]
    assert iin.shortened(texts[:2]) == []
    assert iin.shortened(("1300500016", "20759478", "20756978", "99999999999", "1234567890")) == []


def test_one_shortened_number_is_one_where_its_date_is_of_this_century():
    # 050101 5 0000 + check digit, as Excel shows it: born 1 January 2005, a number of nobody.
    whole = next(
        f"0501015{n:04}{d}" for n in range(9) for d in range(10) if by_hand(f"0501015{n:04}{d}")
    )
    assert iin.shortened((whole[1:], "5", "20759478")) == [0]
    assert iin.shortened((whole[1:-1] + "x",)) == []


def test_two_columns_with_a_half_each_are_one_number():
    assert iin.halves([("991231", "500016")]) == [0]
    assert iin.halves([("991231", "500014")]) == []
    assert iin.halves([("991231", "50001")]) == []
    assert iin.halves([("a", "500016"), ("1", "2")]) == []


def test_a_lost_zero_of_the_left_half_is_added():
    whole = next(
        f"0501015{n:04}{d}" for n in range(9) for d in range(10) if by_hand(f"0501015{n:04}{d}")
    )
    assert iin.halves([(whole[1:6], whole[6:])]) == [0]
    assert iin.halves([(whole[:8], whole[8:])]) == [0]


def test_one_pair_that_fits_among_many_that_do_not_proves_nothing():
    assert iin.halves([("991231", "500016"), ("991231", "500014"), ("110101", "111111")]) == []
