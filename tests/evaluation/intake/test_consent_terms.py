"""A consent counts if its text is known, if it was in use then, and for as long as it holds."""

from dataclasses import replace
from datetime import date

import pytest

from evaluation.design import ConsentFields, ConsentText, Permissions
from evaluation.intake import check
from evaluation.intake.known import Known
from evaluation.records.batches import Card
from tests.evaluation.intake.given import EXPECTATIONS, nobody, places, text_table
from tests.evaluation.intake.test_places import HEADER, visit

NAMES = {"en": "A team", "ru": "Группа", "kk": "Топ"}


def text(version, since, until):
    return ConsentText(
        version=version,
        since=date.fromisoformat(since),
        until=date.fromisoformat(until),
        operator=NAMES,
        bin="000000000000",
        third_parties=False,
        abroad=False,
        publication=False,
        data=NAMES,
    )


# The study `visit` has no version of consent; its minutes stand in for one.
FIELDS = ConsentFields(version="minutes", signed_on="agreed_on", asked_on="met_on")
TEXTS = {1: text(1, "2022-01-01", "2022-04-30"), 2: text(2, "2022-03-01", "2023-12-31")}


def judged(visits, *rows, today=None, fields=FIELDS, known=None, columns=(*HEADER, "Minutes")):
    study = replace(visits, permissions=Permissions(fields=fields, texts=TEXTS))
    table = [[row[name] for name in columns] for row in rows]
    return check(
        text_table([columns, *table]),
        study=study,
        instrument=None,
        region=None,
        wave=None,
        declared=Card(),
        expectations=EXPECTATIONS,
        already_stored=nobody,
        known=known or Known(today=today),
    )


def signed(number, version, agreed="2022-03-10", met="2022-03-20"):
    row = dict(zip(HEADER, visit(number, Agreed=agreed, Day=met), strict=True))
    return row | {"Minutes": version}


def outcome(intake):
    tally = intake.tally
    return tally.accepted, tally.held, tally.without_consent


def test_a_consent_in_its_term_counts(visits):
    intake = judged(visits, signed(1, "1"), signed(2, "2"))
    assert (outcome(intake), intake.findings) == ((2, 0, 0), ())


def test_a_version_that_there_is_not_holds_its_row(visits):
    intake = judged(visits, signed(1, "1"), signed(2, "11"))
    assert outcome(intake) == (1, 1, 0)
    assert places(intake, "consent_version") == ["J3"]
    assert [dict(f.values) for f in intake.findings] == [{"known": "1, 2"}]


def test_a_version_that_nobody_said_is_left_to_the_other_rules(visits):
    assert outcome(judged(visits, signed(1, "1"), signed(2, ""))) == (2, 0, 0)


def test_a_consent_older_than_its_text_holds_its_row(visits):
    intake = judged(visits, signed(1, "2", agreed="2022-02-28"), signed(2, "2", "2022-03-01"))
    assert outcome(intake) == (1, 1, 0)
    assert places(intake, "consent_too_early") == ["G2"]


@pytest.mark.parametrize(
    ("version", "met", "today", "expected"),
    [
        ("1", "2022-04-30", None, (2, 0, 0)),
        ("1", "2022-05-01", None, (1, 0, 1)),
        ("1", "2022-04-30", "2022-04-30", (2, 0, 0)),
        ("1", "2022-04-30", "2022-05-01", (1, 0, 1)),
        ("2", "2022-05-01", "2023-12-31", (2, 0, 0)),
    ],
)
def test_a_consent_that_has_run_out_is_none(visits, version, met, today, expected):
    """The last day counts. The row is counted, its answers are not kept."""
    day = date.fromisoformat(today) if today else None
    intake = judged(visits, signed(1, "2"), signed(2, version, met=met), today=day)
    assert outcome(intake) == expected
    found = [(f.rule, dict(f.values)) for f in intake.findings]
    assert found == ([("consent_run_out", {"n": 1})] if expected[2] else [])
    assert len(intake.accepted) == expected[0]


def test_a_day_that_is_not_there_is_left_to_the_other_rules(visits):
    assert outcome(judged(visits, signed(1, "2", agreed=""))) == (1, 0, 0)
    without = [name for name in (*HEADER, "Minutes") if name != "Agreed"]
    assert outcome(judged(visits, signed(1, "2"), columns=without)) == (1, 0, 0)


def test_a_version_of_another_form_is_no_version(visits):
    fields = ConsentFields(version="site_code", signed_on="agreed_on", asked_on="met_on")
    intake = judged(visits, signed(1, ""), fields=fields)
    assert outcome(intake) == (0, 1, 0)


def test_a_questionnaire_without_such_fields_is_not_asked(visits):
    fields = ConsentFields(version="shoes", signed_on="agreed_on", asked_on="met_on")
    assert outcome(judged(visits, signed(1, "60"), fields=fields)) == (1, 0, 0)


def test_a_study_without_texts_asks_nothing(visits):
    assert outcome(judged(visits, signed(1, "7"), fields=None)) == (1, 0, 0)


def test_a_child_that_has_withdrawn_is_counted_whatever_the_file_says(visits):
    rows = [signed(number, "1") for number in (1, 2, 3)]
    gone = {rows[1]["Child"]}
    intake = judged(visits, *rows, known=Known(withdrawn=lambda asked: gone & frozenset(asked)))
    assert outcome(intake) == (2, 0, 1)
    assert [(f.rule, f.row, dict(f.values)) for f in intake.findings] == [
        ("withdrawn_consent", None, {"n": 1})
    ]
    assert not gone & set(intake.accepted.respondent)
