"""Rules of every table through the gate, on the small studies; the files are invented."""

import dataclasses

import pandas as pd
import pytest
import yaml

from evaluation.design import Field, FieldType, Level, Need
from evaluation.intake import check
from evaluation.intake.opened import Sender, open_delivery
from evaluation.intake.singles import judge_singles
from evaluation.records.batches import Card, Status
from evaluation.records.findings import Effect
from tests.evaluation.intake.given import (
    ADA,
    BEN,
    CARD,
    PUPIL,
    changed,
    checked,
    places,
    pupil_rows,
    rules,
    text_table,
)

HEADER = ("Version", "Wave", "Region", "Child", "Site", "Day", "Age group", "Mood")
FIRST = ("2", "0", "10", "10-00001-2", "S10001", "2022-03-20", "8", "glad")


def suite(folder, *entries):
    (folder / "visit.yaml").write_text(yaml.safe_dump(list(entries)), encoding="utf-8")
    (folder / "pupil.yaml").write_text(yaml.safe_dump(list(entries)), encoding="utf-8")
    return folder


def rule(kind, kwargs, **meta):
    known = {"rule": "spoken", "effect": "note"}
    return {"type": kind, "kwargs": kwargs, "severity": "please_check", "meta": known | meta}


def between(column, **limits):
    return "expect_column_values_to_be_between", {"column": column, **limits}


def pupils(*rows):
    return text_table(pupil_rows(*rows))


def test_a_group_is_told_once_at_its_first_row_with_its_size(study, tmp_path):
    folder = suite(
        tmp_path, rule(*between("spread", min_value=0.5), over="groups", by="sex", field="sex")
    )
    rows = [changed(ADA, Code=f"c{n}") for n in range(3)]
    intake = checked(pupils(BEN, *rows), study, expectations=folder)
    assert places(intake, "spoken") == ["B2", "B3"]
    assert [dict(f.values) for f in intake.findings] == [{"n": 1}, {"n": 3}]


def test_a_group_that_is_too_small_proves_nothing(study, tmp_path):
    folder = suite(
        tmp_path,
        rule(*between("spread", min_value=0.5), over="groups", by="sex", field="sex", fewest=3),
    )
    rows = [changed(ADA, Code=f"c{n}") for n in range(3)]
    assert places(checked(pupils(BEN, *rows), study, expectations=folder), "spoken") == ["B3"]


def test_pages_and_questions_point_at_their_own_question(study, tmp_path):
    folder = suite(
        tmp_path,
        rule(*between("empty", max_value=0.5), over="pages", by="sex", field="sex"),
        rule(*between("with_the_others", max_value=0.3), over="questions", field="sex"),
    )
    empty = changed(ADA, Code="c3", wb_1="", wb_2="", wb_3="")
    intake = checked(pupils(empty, BEN), study, expectations=folder)
    assert places(intake, "spoken") == ["H2"]


@pytest.mark.parametrize(
    ("meta", "said"),
    [
        ({"over": "moons", "by": "sex"}, "no table moons"),
        ({"over": "groups"}, "grouped by"),
    ],
)
def test_a_suite_that_asks_of_what_there_is_not_is_our_mistake(study, tmp_path, meta, said):
    folder = suite(tmp_path, rule(*between("spread"), field="sex", **meta))
    with pytest.raises(AssertionError, match=said):
        checked(pupils(ADA), study, expectations=folder)


def test_a_rule_over_groups_that_the_file_has_not_is_not_asked(study, tmp_path):
    folder = suite(tmp_path, rule(*between("spread"), over="groups", by="nowhere", field="sex"))
    assert rules(checked(pupils(ADA), study, expectations=folder)) == []


def test_a_file_of_two_waves_is_compared_with_itself(visits, tmp_path):
    folder = suite(
        tmp_path,
        rule(
            "expect_column_pair_values_to_change_plausibly",
            {"column_A": "age_band_earlier", "column_B": "age_band_later"},
            over="waves",
            field="age_band",
            effect="hold",
        ),
    )
    later = ("2", "1", *FIRST[2:5], "2022-10-20", "10", "glad")
    intake = checked(text_table([HEADER, FIRST, later]), visits, card={}, expectations=folder)
    assert places(intake, "spoken") == ["G2", "G3"]


def test_the_store_is_asked_for_the_children_and_the_fields_of_the_suite(visits, tmp_path):
    asked = []

    def elsewhere(respondents, fields):
        asked.append((list(respondents), list(fields)))
        return pd.DataFrame(
            {"respondent": ["10-00001-2"], "wave": [1], "region": ["71"], "age_band": ["8"]}
        ).astype({"respondent": "str", "region": "str", "age_band": "str"})

    folder = suite(
        tmp_path,
        rule(
            "expect_column_pair_values_to_change_plausibly",
            {"column_A": "region_earlier", "column_B": "region_later"},
            over="waves",
            field="child_code",
        ),
        rule(
            "expect_column_pair_values_to_change_plausibly",
            {"column_A": "age_band_earlier", "column_B": "age_band_later"},
            over="waves",
            field="age_band",
        ),
    )
    intake = check(
        text_table([HEADER, FIRST]),
        study=visits,
        instrument=None,
        region=None,
        wave=None,
        declared=Card(),
        expectations=folder,
        already_stored=lambda people, wave: frozenset(),
        elsewhere=elsewhere,
    )
    assert asked == [(["10-00001-2"], ["age_band"])]
    assert places(intake, "spoken") == ["D2"]


def with_free_text(study):
    """The small study, whose questionnaire now asks for a remark in free words."""
    pupil = study.instruments["pupil"]
    remark = Field("remark", Level.ROW, FieldType.TEXT, Need.OPTIONAL, {"en": "Remark"})
    more = dataclasses.replace(pupil, fields=(*pupil.fields, remark))
    return dataclasses.replace(study, instruments={"pupil": more})


@pytest.mark.parametrize(
    ("remark", "status"),
    [("was late", Status.ACCEPTED), ("+7 701 123 45 67", Status.REFUSED)],
)
def test_free_text_with_personal_data_is_told_once(study, remark, status):
    content = text_table([[*PUPIL, "Remark"], [*ADA, remark], [*BEN, ""]])
    intake = checked(content, with_free_text(study))
    assert intake.status is status
    assert places(intake, "personal_data") == ([] if status is Status.ACCEPTED else ["M2"])


def test_free_text_is_looked_at_before_it_is_stored_even_if_nothing_was_said_before(study):
    content = text_table(
        [[*PUPIL, "Remark"], [*ADA, "+7 701 123 45 67"], [*BEN, "+7 701 123 45 67"]]
    )
    opened = open_delivery(content, with_free_text(study), Sender(card=Card(tuple(CARD.items()))))
    silent = dataclasses.replace(opened, findings=())
    judged = pd.Series([True, False]).to_numpy()
    found = judge_singles(silent, judged).findings
    assert [(f.rule, f.effect, f.column, f.row) for f in found] == [
        ("personal_data", Effect.REFUSE, "M", 2)
    ]
