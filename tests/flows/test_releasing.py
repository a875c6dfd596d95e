"""Reports of several runs, one after the other, through the store and its ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete

from evaluation.errors import DisclosureError
from evaluation.records.estimates import Comparison
from evaluation.release import FORMS, PublishedReport
from evaluation.release.high_water import MARK
from evaluation.settings import Settings
from evaluation.store import all_releases, open_store, reading, save_comparison, tables, writing
from flows.releasing import earlier_reports, latest, release
from tests.evaluation.release import given

START = datetime(2031, 1, 1, tzinfo=UTC)
PILOT = given.arm("pilot", 236, 220, 203, 193, 181, 163)
FEWER = replace(PILOT, baseline=202, endline=192, both=180, analysed=162)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_env({"STORIES_DATA": str(tmp_path / "var"), "HOME": str(tmp_path)})


@pytest.fixture
def engine(settings: Settings) -> Engine:
    settings.data.mkdir()
    engine = open_store(settings.database_url)
    with writing(engine) as conn:
        for number, arm in enumerate((PILOT, FEWER)):
            save_comparison(conn, found(f"run-{number}", arm), actor="test")
    return engine


def found(run: str, arm: object) -> Comparison:
    origin = given.run(id=run, batches=(), started_at=START)
    return given.comparison(participants=given.flow(arm, given.COMPARISON), origin=origin)  # type: ignore[arg-type]


def released(
    engine: Engine, settings: Settings, run: str, days: int, language: str = "en"
) -> PublishedReport:
    now = START + timedelta(days=days)
    (report,) = release(engine, settings, given.study(), run=run, languages=[language], now=now)
    return report


def test_the_second_report_is_judged_together_with_the_first(
    engine: Engine, settings: Settings
) -> None:
    released(engine, settings, "run-0", 1)
    page = released(engine, settings, "run-1", 2).path.read_text("utf-8")
    assert "checked together with 1 earlier one." in " ".join(page.split())
    with reading(engine) as conn:
        first, second = (dict(r.cells) for r in all_releases(conn, START + timedelta(days=3)))
        assert len(earlier_reports(conn, "run-1", START + timedelta(days=3))) == 1
    assert first["flow/pilot/baseline"] == "205"
    assert second["flow/pilot/baseline"] == "[c]"


def test_another_language_of_an_earlier_run_shows_what_that_run_showed(
    engine: Engine, settings: Settings
) -> None:
    once = released(engine, settings, "run-0", 1).sha256
    released(engine, settings, "run-1", 2)
    released(engine, settings, "run-0", 3, language="kk")
    assert released(engine, settings, "run-0", 4).sha256 == once
    with reading(engine) as conn:
        cells = {
            r.language: r.cells
            for r in all_releases(conn, START + timedelta(days=5))
            if r.run == "run-0"
        }
        assert latest(engine, now=START) == "run-1"
    assert cells["en"] == cells["kk"]


def test_with_a_forgetful_ledger_the_next_release_waits(engine: Engine, settings: Settings) -> None:
    released(engine, settings, "run-0", 1)
    assert (settings.reports / MARK).exists()
    with writing(engine) as conn:
        conn.execute(delete(tables.released_cells))
        conn.execute(delete(tables.releases))
    before = sorted(settings.reports.iterdir())
    with pytest.raises(DisclosureError, match="ledger_older"):
        released(engine, settings, "run-1", 2)
    assert sorted(settings.reports.iterdir()) == before


def test_every_form_is_released_with_an_entry_of_its_own(
    engine: Engine, settings: Settings
) -> None:
    reports = release(
        engine,
        settings,
        given.study(),
        run="run-0",
        languages=["kk"],
        now=START + timedelta(days=1),
        forms=tuple(FORMS),
    )
    assert [report.form for report in reports] == list(FORMS)
    assert [report.path.name for report in reports] == [
        "progress-report.kk.html",
        "progress-report.kk.pdf",
        "progress-report.kk.docx",
        "progress-at-a-glance.kk.pdf",
    ]
    with reading(engine) as conn:
        entries = {r.format: r for r in all_releases(conn, START + timedelta(days=3))}
    assert {form: entries[form].digest for form in FORMS} == {r.form: r.sha256 for r in reports}
    assert len({entry.cells for entry in entries.values()}) == 1
