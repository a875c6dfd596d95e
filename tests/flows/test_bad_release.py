"""What must not leave does not, by the commands that people type, and the reason is said."""

from __future__ import annotations

import shutil
from contextlib import redirect_stderr
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import delete

from evaluation.design import load_study
from evaluation.language import Language, languages
from evaluation.settings import CHECKOUT, Settings
from evaluation.store import open_store, save_comparison, tables, writing
from flows.cli import main
from tests.evaluation.release import given
from tests.flows.conftest import home_in

REFUSED = 3
CUT_OFF = datetime(2023, 1, 10, tzinfo=UTC)


def said_by(*words: str) -> tuple[int, str]:
    said = StringIO()
    with redirect_stderr(said):
        code = main(list(words))
    return code, " ".join(said.getvalue().split())


def kept(settings: Settings, run: str, **changes: int) -> None:
    """A comparison of the shipped study in the store, as if it had been made."""
    study = load_study(CHECKOUT / "evaluation/study")
    estimates = [
        replace(given.estimate(), outcome=o.id, scale=o.scale, family=o.family)
        for o in study.plan.outcomes
    ]
    arm = replace(given.PILOT, **changes)
    found = given.comparison(
        *estimates,
        participants=given.flow(arm, given.COMPARISON),
        origin=given.run(
            id=run, batches=(), as_of=CUT_OFF, started_at=CUT_OFF, plan_digest=study.plan.digest
        ),
    )
    settings.data.mkdir(parents=True, exist_ok=True)
    with writing(open_store(settings.database_url)) as conn:
        save_comparison(conn, found, actor="test")


@pytest.mark.parametrize("code", languages())
def test_a_study_that_lowers_the_threshold_under_five_is_refused(code: str, tmp_path: Path) -> None:
    folder = tmp_path / "study"
    shutil.copytree(CHECKOUT / "evaluation/study", folder)
    file = folder / "study.yaml"
    written = file.read_text("utf-8")
    file.write_text(written.replace("minimum_cell: 10", "minimum_cell: 4"), "utf-8")
    assert file.read_text("utf-8") != written
    with home_in(tmp_path, STORIES_STUDY=str(folder), STORIES_LANGUAGE=code):
        returned, said = said_by("audit")
    assert returned == REFUSED
    assert "study.yaml" in said and "minimum_cell" in said and "5" in said
    sentence = Language(code)("study.cell_too_small", file="", key="", smallest=5)
    assert " ".join(sentence.split()).strip(" ,:") in said


@pytest.mark.parametrize("code", languages())
def test_after_an_older_backup_was_put_back_the_next_release_waits(
    code: str, tmp_path: Path, prefect: None
) -> None:
    with home_in(tmp_path, STORIES_LANGUAGE=code) as settings:
        kept(settings, "run-0")
        returned, said = said_by("report", "--language", code, "--format", "html")
        assert returned == 0, said
        with writing(open_store(settings.database_url)) as conn:
            conn.execute(delete(tables.released_cells))
            conn.execute(delete(tables.releases))
        before = {path: path.read_bytes() for path in settings.reports.iterdir()}
        kept(settings, "run-1", baseline=203, endline=192, both=180, analysed=170)
        returned, said = said_by("report", "--language", code, "--format", "html")
        assert {path: path.read_bytes() for path in settings.reports.iterdir()} == before
    assert returned == REFUSED
    sentence = Language(code)("error.ledger_older", known=0, released=1)
    assert " ".join(sentence.split()) in said
