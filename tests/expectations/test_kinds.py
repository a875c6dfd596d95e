"""Our own kinds of expectation, each against a stupider second answer."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.intake.suite import NO_PERSONAL_DATA, Rule
from evaluation.intake.validation import failing_rows

ORDER = ("8", "10", "13", "16")
WINDOWS = {"0": ["2022-03-14", "2022-05-27"], "1": ["2022-11-14", "2022-12-23"]}
FIRST = date(2022, 1, 1)


def in_wave(days, waves):
    rule = Rule(
        "expect_column_pair_values_to_lie_in_wave",
        {"column_A": "day", "column_B": "wave", "by_wave": WINDOWS},
        "outside_wave",
    )
    frame = pd.DataFrame(
        {
            "day": pd.Series(pd.to_datetime(days)).astype("datetime64[ns]"),
            "wave": pd.Series(waves, dtype="str"),
        }
    )
    return failing_rows(frame, [rule])[0]


def test_a_day_lies_in_the_window_of_its_own_wave():
    days = [
        "2022-03-14",
        "2022-03-13",
        "2022-11-14",
        "2022-03-20",
        "2022-12-24",
        None,
        "1999-01-01",
    ]
    waves = ["0", "0", "1", "1", "1", "0", "7"]
    assert in_wave(days, waves) == (1, 3, 4)  # wave 7 has no window: any day will do


def test_every_day_of_two_years_is_judged_as_the_calendar_does():
    days = [FIRST + timedelta(days=n) for n in range(730)]
    waves = [str(n % 2) for n in range(730)]
    by_hand = tuple(
        n
        for n, (day, wave) in enumerate(zip(days, waves, strict=True))
        if not WINDOWS[wave][0] <= day.isoformat() <= WINDOWS[wave][1]
    )
    assert in_wave([day.isoformat() for day in days], waves) == by_hand


def by_steps(earlier, later, least, most):
    if "X" in (earlier, later) or earlier == later:
        return True
    if earlier not in ORDER or later not in ORDER:
        return False
    return least <= ORDER.index(later) - ORDER.index(earlier) <= most


def test_a_change_is_plausible_when_its_steps_are():
    from expectations.plausible_change import changes_plausibly

    words = (*ORDER, "X", "other")
    pairs = [(one, other) for one in words for other in words]
    for least, most in ((0, 0), (0, 1), (-1, 1), (1, 3)):
        found = changes_plausibly(
            pd.Series([one for one, _ in pairs], dtype="str"),
            pd.Series([other for _, other in pairs], dtype="str"),
            order=ORDER,
            least=least,
            most=most,
            unknown=("X",),
        )
        assert found.tolist() == [by_steps(one, other, least, most) for one, other in pairs]


def test_without_an_order_nothing_may_change():
    rule = Rule(
        "expect_column_pair_values_to_change_plausibly",
        {"column_A": "a", "column_B": "b"},
        "sex_changed",
    )
    frame = pd.DataFrame({"a": ["F", "F", None], "b": ["F", "M", "M"]}, dtype="str")
    assert failing_rows(frame, [rule]) == ((1,),)


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("ok", True),
        ("27-40831-1", True),
        ("991231500016", False),  # of domain.md §4.4
        ("+7 701 123 45 67", False),
        ("somebody@example.org", False),
    ],
)
def test_a_text_that_looks_like_personal_data_is_found(text, harmless):
    frame = pd.DataFrame({"text": pd.Series(["fine", text, None, "fine", text], dtype="str")})
    rule = Rule(NO_PERSONAL_DATA, {"column": "text"}, "personal_data")
    assert failing_rows(frame, [rule]) == (() if harmless else (1, 4),)


@given(st.lists(st.text("абвг 0-", max_size=5), max_size=8))
def test_short_texts_without_digits_to_speak_of_are_harmless(texts):
    from expectations.no_personal_data import harmless

    assert harmless(pd.Series(texts, dtype="str")).all()
