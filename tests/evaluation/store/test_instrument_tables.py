"""Each version of a questionnaire has its table, made from its declaration."""

from dataclasses import replace

import pytest
from sqlalchemy import SmallInteger, String, inspect

from evaluation.design import load_study
from evaluation.errors import StudyError
from evaluation.settings import CHECKOUT
from evaluation.store import all_events, ensure_instrument, reading, writing
from evaluation.store.instrument_tables import fingerprint, response_tables
from tests import given

AT = given.moment("2022-03-01")


@pytest.fixture(scope="session")
def pupil(study):
    return study.instruments["pupil"]


def ensured(engine, instrument):
    with writing(engine) as conn:
        ensure_instrument(conn, instrument, at=AT, actor="ada")


def with_field(instrument, name, **changes):
    fields = tuple(replace(f, **changes) if f.name == name else f for f in instrument.fields)
    return replace(instrument, fields=fields)


def columns(engine, table):
    return {column["name"]: column["type"] for column in inspect(engine).get_columns(table)}


def test_the_table_has_the_key_and_the_open_fields_in_small_types(engine, pupil):
    ensured(engine, pupil)
    found = columns(engine, "responses_pupil_v1")
    assert list(found) == [
        *("batch", "source_row", "respondent", "region", "wave", "restricted_key"),
        *("sex", "age", "consent", "asked_on", "clubs"),
        *("wb_1", "wb_2", "wb_3", "bl_1", "bl_2"),
    ]
    assert all(isinstance(found[name], SmallInteger) for name in ("age", "wb_1", "consent"))
    assert isinstance(found["asked_on"], String)
    assert found["asked_on"].length == 10


def test_restricted_fields_are_apart_under_a_key_of_their_own(engine, pupil):
    ensured(engine, pupil)
    assert list(columns(engine, "responses_pupil_v1_restricted")) == ["key", "secret_group"]


def test_respondents_of_a_wave_are_found_by_an_index(engine, pupil):
    ensured(engine, pupil)
    (index,) = [i for i in inspect(engine).get_indexes("responses_pupil_v1") if not i["unique"]]
    assert index["column_names"] == ["respondent", "wave"]


def test_an_instrument_without_restricted_fields_has_one_table(engine, pupil):
    fields = tuple(f for f in pupil.fields if not f.restricted)
    ensured(engine, replace(pupil, fields=fields))
    found = inspect(engine).get_table_names()
    assert "responses_pupil_v1" in found
    assert "responses_pupil_v1_restricted" not in found


def test_it_is_made_once_and_leaves_one_line(engine, pupil):
    ensured(engine, pupil)
    ensured(engine, pupil)
    with reading(engine) as conn:
        (event,) = all_events(conn, AT)
    assert event.kind == "instrument.added"
    assert event.details == {"instrument": "pupil", "version": 1}


def test_a_new_version_has_a_table_of_its_own(engine, pupil):
    ensured(engine, pupil)
    ensured(engine, replace(pupil, version=2, fields=pupil.fields[:-1]))
    assert "responses_pupil_v2" in inspect(engine).get_table_names()


CHANGES = {
    "a field less": lambda p: replace(p, fields=p.fields[:-1]),
    "another order": lambda p: replace(p, fields=p.fields[::-1]),
    "now restricted": lambda p: with_field(p, "age", sensitivity="S3"),
    "an item asked otherwise": lambda p: with_field(p, "wb_1", header={"en": "I feel ill."}),
    "an answer less": lambda p: with_field(
        p,
        "wb_1",
        choices=replace(p.field("wb_1").choices, choices=p.field("wb_1").choices.choices[:-1]),
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_same_version_that_asks_something_else_is_refused(engine, pupil, change):
    ensured(engine, pupil)
    with pytest.raises(StudyError, match="instrument_changed") as refusal:
        ensured(engine, change(pupil))
    assert refusal.value.values == {"file": "instruments/pupil.yaml", "key": "version"}


@pytest.mark.parametrize(
    "changes", [{"aliases": ("years",)}, {"maximum": 18}, {"purpose": "why not"}]
)
def test_how_an_answer_is_read_may_change_within_a_version(pupil, changes):
    assert fingerprint(with_field(pupil, "age", **changes)) == fingerprint(pupil)


def test_names_stay_within_what_postgresql_keeps(engine, pupil):
    long = replace(pupil, id="a_very_long_name_for_a_questionnaire_of_very_many_pages", version=999)
    other = replace(long, id=long.id + "_2")
    for instrument in (long, other):
        ensured(engine, instrument)
        tables = response_tables(instrument)
        for table in (tables.main, tables.restricted):
            assert len(table.name) <= 63
            assert inspect(engine).has_table(table.name)
    assert response_tables(long).main.name != response_tables(other).main.name


def test_the_real_questionnaire_has_its_table(engine):
    real = load_study(CHECKOUT / "evaluation/study").instruments["child_questionnaire"]
    ensured(engine, real)
    stored = columns(engine, "responses_child_questionnaire_v1")
    secret = columns(engine, "responses_child_questionnaire_v1_restricted")
    assert {"interview_date", "fam_01", "civ_04"} <= set(stored)
    assert "group" not in stored
    assert set(secret) == {"key", *(f.name for f in real.row_fields if f.restricted)}
