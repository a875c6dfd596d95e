from datetime import datetime

import numpy as np
import pytest

from evaluation.design import load_study
from evaluation.intake.allowed import picture, values_of
from evaluation.intake.reading.sheets import column_of
from evaluation.intake.recognise.answers import recognise
from evaluation.intake.suite import (
    Rule,
    columns_of,
    distinct_answers,
    rules_of_rows,
    written_rules,
)
from evaluation.intake.validation import failing_rows
from evaluation.records.findings import Effect, Severity
from tests.evaluation.intake.given import EXPECTATIONS, TESTS


def answers(study, instrument, **columns):
    """Columns of typed texts, each as `name=("text", …)`."""
    found = []
    for place, (name, texts) in enumerate(columns.items()):
        distinct = ["", *dict.fromkeys(t for t in texts if t)]
        codes = np.array([distinct.index(t) for t in texts], dtype=np.int32)
        field = study.instruments[instrument].field(name)
        found.append(recognise(field, column_of(distinct, codes), place))
    return tuple(found)


def broken(found, rows=None):
    rows = np.ones(len(found[0].codes), dtype=bool) if rows is None else np.array(rows)
    distinct = distinct_answers(found, rows)
    return {
        (found[distinct.source[entry][0]].field.name, distinct.source[entry][1], rule.rule)
        for rule, entries in zip(
            distinct.rules, failing_rows(distinct.frame, distinct.rules), strict=True
        )
        for entry in entries
    }


def test_every_kind_of_field_has_its_rule(visits):
    found = answers(
        visits,
        "visit",
        child_code=("10-00001-2", "10-00001-0", "nobody"),
        site_code=("S10001", "S1", ""),
        sessions=("1", "-1", ""),
        minutes=("60", "61", ""),
        age_band=("8-9", "9", ""),
        mood=("glad", "3", ""),
    )
    good = broken(found)
    assert good >= {
        ("child_code", 2, "wrong_check_digit"),
        ("child_code", 3, "wrong_form"),
        ("child_code", 3, "wrong_check_digit"),
        ("site_code", 2, "wrong_form"),
        ("site_code", 0, "missing_answer"),
        ("sessions", 2, "too_small"),
        ("minutes", 2, "too_large"),
        ("age_band", 2, "not_in_list"),
        ("mood", 2, "not_in_list"),
    }


def test_several_answers_must_each_be_in_the_list(study):
    found = answers(
        study, "pupil", clubs=("sport music", "sport chess", "music"), age=("7", "8", "18")
    )
    assert broken(found) == {
        ("clubs", 2, "not_in_list"),
        ("age", 1, "out_of_range"),
        ("age", 3, "out_of_range"),
    }


def test_rows_that_nobody_judges_are_not_asked_about(study):
    found = answers(study, "pupil", sex=("F", "Q", ""))
    assert broken(found, [True, False, False]) == set()
    assert broken(found, [True, True, False]) == {("sex", 2, "not_in_list")}


def test_an_answer_is_asked_once_however_many_gave_it(study):
    found = answers(study, "pupil", sex=("F", "M") * 500, wb_1=("1",) * 1000)
    distinct = distinct_answers(found, np.ones(1000, dtype=bool))
    assert len(distinct.frame) == 3
    assert failing_rows(distinct.frame, distinct.rules) == ((),) * len(distinct.rules)


def test_questions_with_one_answer_line_are_one_rule(study):
    found = answers(study, "pupil", wb_1=("1",), wb_2=("2",), wb_3=("x",))
    assert len(distinct_answers(found, np.ones(1, dtype=bool)).rules) == 1


def test_where_there_is_nothing_to_ask_nothing_is_asked(study):
    distinct = distinct_answers((), np.zeros(0, dtype=bool))
    assert failing_rows(distinct.frame, distinct.rules) == ()


def test_a_written_rule_is_read_as_it_stands(visits):
    rules = written_rules(visits.instruments["visit"], EXPECTATIONS, {})
    assert rules[0] == Rule(
        type="expect_column_pair_values_a_to_be_greater_than_b",
        kwargs={
            "column_A": "met_on",
            "column_B": "agreed_on",
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        },
        rule="consent_after_interview",
        severity=Severity.MUST_FIX,
        effect=Effect.HOLD,
        field="agreed_on",
    )


def test_what_the_card_says_is_filled_in_and_what_it_does_not_leaves_the_rule_out(visits):
    instrument = visits.instruments["visit"]
    said = {"wave_start": "2022-03-01", "wave_end": "soon"}
    without = {rule.rule for rule in written_rules(instrument, EXPECTATIONS, {})}
    rules = {rule.rule: rule for rule in written_rules(instrument, EXPECTATIONS, said)}
    assert rules.keys() - without == {"outside_wave"}
    assert rules["outside_wave"].kwargs["min_value"] == datetime(2022, 3, 1)
    assert rules["outside_wave"].kwargs["max_value"] == "soon"
    assert rules["outside_wave"].limit == "wrong_dates"


def test_a_questionnaire_without_written_rules_has_none(study, tmp_path):
    assert written_rules(study.instruments["pupil"], tmp_path, {}) == ()


def test_only_people_who_are_known_can_come_twice(study):
    (rule,) = rules_of_rows(study.instruments["pupil"])
    assert columns_of(rule) == ("respondent", "wave")
    anonymous = load_study(TESTS / "studies/bfi").instruments["agreeableness"]
    assert rules_of_rows(anonymous) == ()


def test_a_rule_over_columns_that_are_not_there_is_not_asked(visits):
    """The form may have no dates of agreement at all: nothing to compare, nothing to say."""
    from tests.evaluation.intake.given import checked, rules, text_table

    header = ("Version", "Wave", "Region", "Child", "Site", "Day", "Mood")
    content = text_table([header, ("2", "0", "10", "10-00001-2", "S10001", "2022-03-20", "glad")])
    assert rules(checked(content, visits, card={})) == []


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        (r"\d{2}-\d{5}-\d", "00-00000-0"),
        (r"S\d{5}", "S00000"),
        (r"[a-z]\d+", "[a-z]\\d+"),
    ],
)
def test_a_pattern_is_shown_as_a_person_would_write_it(pattern, shown):
    assert picture(pattern) == shown


def test_messages_say_limits_and_long_lists_end_in_dots(visits):
    fields = visits.instruments["visit"]
    assert values_of("too_small", fields.field("sessions")) == {"low": 0}
    assert values_of("too_large", fields.field("minutes")) == {"high": 60}
    assert values_of("not_in_list", fields.field("mood")) == {"allowed": "1, 2"}
    assert values_of("missing_answer", fields.field("mood")) == {}
    from evaluation.design import Choice, Choices, Field, FieldType, Level, Need

    line = Choices("many", tuple(Choice(str(n), {"en": str(n)}) for n in range(40)))
    field = Field("x", Level.ROW, FieldType.CODE, Need.OPTIONAL, {"en": "X"}, choices=line)
    assert str(values_of("not_in_list", field)["allowed"]).endswith("29 …")
