"""Each rule of the shipped suite, broken and kept, one entry at a time."""

from datetime import date, timedelta

import pandas as pd
import pytest

from evaluation.design import load_study
from evaluation.intake.patterns.rows import MADE
from evaluation.intake.patterns.waves import compared_fields
from evaluation.intake.suite import columns_of, written_rules
from evaluation.intake.validation import failing_rows
from evaluation.settings import Settings

SETTINGS = Settings.from_env({"HOME": "/nowhere"})
STUDY = load_study(SETTINGS.study)
CHILD = STUDY.instruments["child_questionnaire"]
SAID = {
    "wave_windows": {"0": ["2022-03-14", "2022-05-27"]},
    "fieldwork_start": "2022-04-01",
    "fieldwork_end": "2022-04-30",
    "codes_of_age_band": ["8", "10", "13", "16"],
    "missing_page": 0.8,
}
RULES = {rule.rule: rule for rule in written_rules(CHILD, SETTINGS.expectations, SAID)}
DAY = timedelta(days=1)


def days(*dates):
    return pd.Series(pd.to_datetime(list(dates))).astype("datetime64[ns]")


def texts(*words):
    return pd.Series(words, dtype="str")


def numbers(*values):
    return pd.Series(values, dtype="float64")


EXAMPLES = [
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
        {
            "interview_date": days("2022-03-13", "2022-03-14", "2022-05-27", "2022-05-28", None),
            "wave": texts("0", "0", "0", "0", "0"),
        },
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
            "sessions_planned": numbers(12, 12, 0, 0, None),
            "sessions_attended": numbers(12, 13, 1, None, 5),
        },
        (1, 2),
    ),
    (
        "sex_changed",
        {
            "sex_earlier": texts("F", "F", "X", "F", None),
            "sex_later": texts("F", "M", "M", "X", "M"),
        },
        (1,),
    ),
    (
        "age_changed",
        {
            "age_band_earlier": texts("8", "8", "8", "13", "16", None),
            "age_band_later": texts("8", "10", "13", "10", "16", "8"),
        },
        (2, 3),
    ),
    (
        "region_changed",
        {"region_earlier": texts("15", "15"), "region_later": texts("15", "11")},
        (1,),
    ),
    (
        "code_of_other_region",
        {"code_region": texts("15", "11", None), "region": texts("15", "15", "15")},
        (1,),
    ),
    ("no_earlier_wave", {"earlier_waves": numbers(1, 0, None)}, (1,)),
    ("straight_lining", {"longest_line": numbers(4, 14, 15, 30)}, (2, 3)),
    ("same_answers", {"rows_alike": numbers(0, 1, None)}, (1,)),
    ("short_interview", {"duration_min": numbers(4, 5, None, 30)}, (0,)),
    ("interviewer_alike", {"spread": numbers(0.49, 0.5, 1.2, None)}, (0,)),
    ("site_alike", {"spread": numbers(0.49, 0.5, 1.2, None)}, (0,)),
    ("many_in_a_day", {"most_alike": numbers(15, 16)}, (1,)),
    ("rounded_minutes", {"round_numbers": numbers(0.2, 0.8, 0.81)}, (2,)),
    ("many_declined", {"declined": numbers(0.3, 0.31)}, (1,)),
    ("missing_page", {"empty": numbers(0.8, 0.81, 1.0)}, (1, 2)),
    ("turned_already", {"with_the_others": numbers(-0.5, 0.3, 0.31, None)}, (2,)),
]


@pytest.mark.parametrize(("rule", "columns", "broken"), EXAMPLES, ids=[e[0] for e in EXAMPLES])
def test_a_rule_finds_what_breaks_it_and_nothing_else(rule, columns, broken):
    assert set(columns) == set(columns_of(RULES[rule]))
    assert failing_rows(pd.DataFrame(columns), [RULES[rule]]) == (broken,)


def test_every_rule_has_its_examples():
    assert sorted(RULES) == sorted(rule for rule, _, _ in EXAMPLES)


def test_every_rule_points_at_a_field_and_asks_of_what_there_is():
    rows = {field.name for field in CHILD.row_fields} | {"region", "wave", "sessions_planned"}
    there = {
        "rows": rows | MADE.keys(),
        "groups": {"spread", "declined", "most_alike", "round_numbers"},
        "pages": {"empty"},
        "questions": {"with_the_others"},
    }
    for rule in RULES.values():
        wanted = frozenset(columns_of(rule))
        assert CHILD.has(rule.field)
        assert all(CHILD.has(field) for field in (rule.by, rule.of) if field)
        if rule.over == "waves":
            assert (
                len(compared_fields(wanted, CHILD))
                == len(wanted - {"region_earlier", "region_later"}) / 2
            )
        else:
            assert wanted <= there[rule.over]


def test_the_windows_are_those_that_were_said():
    first = date.fromisoformat(SAID["fieldwork_start"])
    window = RULES["outside_fieldwork"].kwargs
    assert window["min_value"].date() == first
    assert (window["max_value"].date() - first) // DAY == 29


def test_no_rule_of_the_suite_looks_at_what_is_kept_apart():
    restricted = {field.name for field in CHILD.row_fields if field.restricted}
    assert not any(restricted & set(columns_of(rule)) for rule in RULES.values())
    with pytest.raises(AssertionError, match="restricted"):
        compared_fields(frozenset({"group_earlier", "group_later"}), CHILD)
