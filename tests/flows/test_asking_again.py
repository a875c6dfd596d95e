"""Verifying works everything out again: the comparison, its challenges, its measures."""

import shutil

import pytest

from evaluation.analysis import CHALLENGES, MEASURES
from evaluation.records.measures import NOTHING
from evaluation.store import open_store, reading, writing
from evaluation.store.challenge_tables import challenges
from evaluation.store.challenges import save_challenges
from evaluation.store.measures import save_measures
from flows.challenges import challenged, in_order
from flows.measures import measured
from flows.releasing import release
from flows.verifying import verify
from tests.conftest import EXPECTATIONS, STUDY
from tests.flows.conftest import home_in
from tests.flows.small_year import NOW, compared, year
from tests.given import moment

LATER = moment("2023-01-15")
HERE = {"STORIES_STUDY": str(STUDY), "STORIES_EXPECTATIONS": str(EXPECTATIONS)}


@pytest.fixture(scope="module")
def made(tmp_path_factory, study):
    """A house whose run was challenged and measured before its report was written."""
    folder = tmp_path_factory.mktemp("again")
    with home_in(folder, **HERE) as settings:
        settings.data.mkdir(parents=True)
        engine = open_store(settings.database_url)
        year(engine, study)
        run = compared(engine, study)
        with reading(engine) as conn:
            columns = [challenged(conn, study, run, name) for name in CHALLENGES]
            parts = [measured(conn, study, run, name) for name in MEASURES]
        with writing(engine) as conn:
            save_challenges(conn, run, in_order(columns, study))
            save_measures(conn, run, sum(parts, NOTHING))
        (draft,) = release(engine, settings, study, run=run, languages=["en"], now=NOW)
        engine.dispose()
        return folder, draft.copy.name


@pytest.fixture
def house(made, tmp_path):
    home = shutil.copytree(made[0], tmp_path / "house")
    with home_in(home, **HERE) as settings:
        yield settings, open_store(settings.database_url), made[1]


def kinds(cells):
    return {key.partition("/")[0] for key, _ in cells}


def test_challenges_and_measures_come_out_again_and_changed_answers_show_in_them(house, study):
    settings, engine, name = house
    content = (settings.reports / name).read_bytes()
    found = verify(engine, settings, study, now=LATER, content=content, named=name)
    assert found.identical
    assert {"evidence", "measure", "outcome"} <= kinds(found.release.cells)
    with writing(engine) as conn:
        conn.exec_driver_sql(
            "UPDATE responses_pupil_v1 SET wb_1 = 6 - wb_1 WHERE wave = 1 AND region = 'n'"
        )
    found = verify(engine, settings, study, now=LATER, content=content, named=name)
    assert found.kept and found.answers is False
    assert {"evidence", "measure", "outcome"} <= kinds(found.cells)


def test_kept_evidence_that_was_changed_shows_beside_answers_that_were_not(house, study):
    settings, engine, name = house
    with writing(engine) as conn:
        conn.execute(challenges.update().values(low=challenges.c.low - 1))
    found = verify(engine, settings, study, now=LATER, named=name.split(".")[2])
    assert not found.kept and found.moved
    assert found.answers
