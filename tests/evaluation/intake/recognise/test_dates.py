from datetime import date, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from evaluation.intake.recognise.dates import translate_date


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2022-12-05", "2022-12-05"),
        ("2022-12-05T10:20:00.000+06:00", "2022-12-05"),
        ("2022-12-05 10:20", "2022-12-05"),
        ("2022-12-05T10:20:00Z", "2022-12-05"),
        ("2022/12/5", "2022-12-05"),
        ("2022.12.05", "2022-12-05"),
        ("05.12.2022", "2022-12-05"),
        ("5.12.2022 г.", "2022-12-05"),
        ("05.12.2022 ж.", "2022-12-05"),
        ("05.12.2022 10:20:30", "2022-12-05"),
        ("13/12/2022", "2022-12-13"),
        ("12/13/2022", "2022-12-13"),
        ("13-12-2022", "2022-12-13"),
        ("05/05/2022", "2022-05-05"),
    ],
)
def test_a_date_that_can_mean_one_day_means_it(typed, meant):
    assert translate_date(typed, date_1904=False).text == meant


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("05/12/2022", "ambiguous_date"),
        ("05-12-2022", "ambiguous_date"),
        ("05.12.22", "short_year"),
        ("5/12/22", "short_year"),
        ("31.02.2022", "not_a_date"),
        ("2022-13-01", "not_a_date"),
        ("32/13/2022", "not_a_date"),
        ("yesterday", "not_a_date"),
        ("2014-0900", "not_a_date"),
        ("1", "not_a_date"),
    ],
)
def test_nothing_is_guessed(typed, rule):
    meant = translate_date(typed, date_1904=False)
    assert (meant.text, meant.rule) == (None, rule)


@pytest.mark.parametrize(
    ("serial", "since_1904", "meant"),
    [("44900", False, "2022-12-05"), ("43438", True, "2022-12-05")],
)
def test_the_day_numbers_of_excel_are_read_and_said_so(serial, since_1904, meant):
    found = translate_date(serial, date_1904=since_1904)
    assert (found.text, found.rule, found.remark) == (meant, None, "date_serial")


@drawn(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_from_each_way_to_write_it(day):
    serial = str((day - date(1899, 12, 30)) // timedelta(days=1))
    for typed in (day.isoformat(), day.strftime("%d.%m.%Y"), serial):
        assert translate_date(typed, date_1904=False).text == day.isoformat()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Mar 14, 2022", "2022-03-14"),
        ("Dec 5, 2022 10:23:00 AM", "2022-12-05"),
        ("September 1, 2022", "2022-09-01"),
        ("Foo 14, 2022", None),
        ("Feb 30, 2022", None),
    ],
)
def test_a_month_by_its_english_name_is_read_as_surveycto_writes_it(text, day):
    assert translate_date(text, date_1904=False).text == day
