"""Answers are gone for good: from every batch and wave, from the S3 table, and from the file."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import make_url, text

from evaluation.records.batches import Status
from evaluation.store import load_responses, reading, writing
from evaluation.store.engine import is_there
from evaluation.store.erasure import erase_answers, overwrite, stored_codes
from tests import given

BASE, END = given.batch("base"), given.batch("end", wave=1, received="2022-11-05")
OLD = given.batch("old", region="e")
EVERY_DAY = [given.moment(day) for day in ("2022-03-05", "2022-11-07", "2030-01-01")]


def filled(engine, study):
    pupil = study.instruments["pupil"]
    with writing(engine) as conn:
        given.stored(conn, pupil, BASE, "respondent clubs secret_group\np01 sport 1\np02 music 0")
        given.stored(conn, pupil, END, "respondent clubs\np01 sport", at="2022-11-06")
        given.stored(conn, pupil, OLD, "respondent\np01\np03", status=Status.REFUSED)
    return pupil


def secrets_left(engine):
    with reading(engine) as conn:
        return conn.scalar(text("SELECT count(*) FROM responses_pupil_v1_restricted"))


def test_a_child_is_in_no_batch_on_no_day(engine, study):
    pupil = filled(engine, study)
    with writing(engine) as conn:
        assert erase_answers(conn, ["p01"]) == {BASE.id: 1, END.id: 1, OLD.id: 1}
    with reading(engine) as conn:
        seen = [set(load_responses(conn, pupil, as_of=day).respondent) for day in EVERY_DAY]
    assert seen == [{"p02"}, {"p02"}, {"p02"}]
    assert secrets_left(engine) == 2


def test_several_can_go_at_once_and_nobody_twice(engine, study):
    filled(engine, study)
    with writing(engine) as conn:
        assert sum(erase_answers(conn, ["p01", "p02", "p99"]).values()) == 4
        assert erase_answers(conn, ["p01", "p02", "p99"]) == {}
    assert secrets_left(engine) == 1


def test_a_questionnaire_without_secrets_is_erased_as_well(engine, study):
    pupil = study.instruments["pupil"]
    open_fields = tuple(field for field in pupil.fields if not field.restricted)
    plain = replace(pupil, version=2, fields=open_fields)
    with writing(engine) as conn:
        given.stored(conn, plain, BASE, "respondent\np01\np02")
        assert stored_codes(conn, ["p01", "p09"]) == {"p01"}
        assert erase_answers(conn, ["p01"]) == {BASE.id: 1}
        assert stored_codes(conn, ["p01"]) == frozenset()


def test_nothing_of_it_lies_in_the_files_of_the_database(engine, study):
    """A rare word stands for an answer; PostgreSQL keeps its files to itself and its vacuum."""
    pupil = study.instruments["pupil"]
    with writing(engine) as conn:
        given.stored(conn, pupil, BASE, "respondent clubs\nzqx7731 zebrafinch\np02 sport")
    url = make_url(str(engine.url))
    overwrite(engine)
    with writing(engine) as conn:
        erase_answers(conn, ["zqx7731"])
    overwrite(engine)
    with reading(engine) as conn:
        assert stored_codes(conn, ["zqx7731", "p02"]) == {"p02"}
    if engine.dialect.name == "sqlite":
        place = Path(url.database)
        content = b"".join(path.read_bytes() for path in place.parent.iterdir())
        assert b"sport" in content
        assert b"zqx7731" not in content
        assert b"zebrafinch" not in content


def test_a_store_is_known_to_be_there_without_being_made(engine, tmp_path):
    assert is_there(engine.url.render_as_string(hide_password=False))
    assert not is_there(f"sqlite:///{tmp_path}/nowhere/stories.sqlite")
    assert not (tmp_path / "nowhere").exists()
