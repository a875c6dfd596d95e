"""Each rule of the shipped suite, broken and kept, one row at a time."""

from datetime import date, timedelta

import pandas as pd
import pytest

from evaluation.design import load_study
from evaluation.intake.suite import columns_of, written_rules
from evaluation.intake.validation import failing_rows
from evaluation.settings import Settings

SETTINGS = Settings.from_env({"HOME": "/nowhere"})
CHILD = load_study(SETTINGS.study).instruments["child_questionnaire"]
SAID = {
    "wave_start": "2022-03-14",
    "wave_end": "2022-05-27",
    "fieldwork_start": "2022-04-01",
    "fieldwork_end": "2022-04-30",
}
RULES = {rule.rule: rule for rule in written_rules(CHILD, SETTINGS.expectations, SAID)}
DAY = timedelta(days=1)


def days(*dates):
    return pd.Series(pd.to_datetime(list(dates))).astype("datetime64[ns]")


@pytest.mark.parametrize(
    ("rule", "columns", "broken"),
    [
        (
            "consent_after_interview",
            {
                "interview_date": days("2022-04-05", "2022-04-05", "2022-04-05", None),
                "consent_date": days("2022-04-05", "2022-04-04", "2022-04-06", "2022-04-06"),
            },
            (2,),
        ),
        (
            "outside_wave",
            {"interview_date": days("2022-03-13", "2022-03-14", "2022-05-27", "2022-05-28", None)},
            (0, 3),
        ),
        (
            "outside_fieldwork",
            {"interview_date": days("2022-03-31", "2022-04-01", "2022-04-30", "2022-05-01")},
            (0, 3),
        ),
        (
            "sessions_over_plan",
            {
                "sessions_planned": pd.Series([12.0, 12.0, 0.0, 0.0, None]),
                "sessions_attended": pd.Series([12.0, 13.0, 1.0, None, 5.0]),
            },
            (1, 2),
        ),
    ],
)
def test_a_rule_finds_what_breaks_it_and_nothing_else(rule, columns, broken):
    assert set(columns) == set(columns_of(RULES[rule]))
    assert failing_rows(pd.DataFrame(columns), [RULES[rule]]) == (broken,)


def test_every_rule_points_at_a_field_and_only_at_known_columns():
    known = {field.name for field in CHILD.row_fields} | {"region", "wave", "sessions_planned"}
    assert len(RULES) == 4
    for rule in RULES.values():
        assert CHILD.has(rule.field)
        assert set(columns_of(rule)) <= known


def test_the_windows_are_those_that_were_said():
    first = date.fromisoformat(SAID["fieldwork_start"])
    window = RULES["outside_fieldwork"].kwargs
    assert window["min_value"].date() == first
    assert (window["max_value"].date() - first) // DAY == 29
