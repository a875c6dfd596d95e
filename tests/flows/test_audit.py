"""`stories audit`: the numbers on the screen, the page in a place of the evaluator's own."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evaluation.design import load_study
from evaluation.language import Language, languages
from evaluation.release import Facts, protect
from evaluation.release.evaluator_page import audit_lines
from evaluation.settings import CHECKOUT, Settings
from evaluation.store.engine import open_store, writing
from evaluation.store.estimates import save_comparison
from flows.cli import main
from flows.releasing import release
from tests.evaluation.release import given

THEN = datetime(2022, 12, 31, tzinfo=UTC)
STUDY = load_study(CHECKOUT / "evaluation/study")
FOUND = given.comparison(
    replace(given.estimate("reading", scale="civ"), outcome="civ"),
    origin=given.run(
        batches=(), as_of=THEN, started_at=THEN, plan_digest=STUDY.plan.digest if STUDY.plan else ""
    ),
)


@pytest.fixture
def compared(home: Settings) -> Settings:
    home.data.mkdir(parents=True)
    with writing(open_store(home.database_url)) as conn:
        save_comparison(conn, FOUND, actor="test")
    return home


@pytest.mark.parametrize("code", languages())
def test_it_tells_what_was_hidden_and_that_it_stays_here(
    compared: Settings, capsys: pytest.CaptureFixture[str], code: str
) -> None:
    assert main(["audit", "--language", code]) == 0
    say = Language(code)
    audit = protect(Facts(FOUND, STUDY), STUDY.disclosure).audit
    said = capsys.readouterr().out.splitlines()
    assert said == [*audit_lines(audit, say), say("audit.keep")]


def test_the_page_is_readable_by_its_owner_only(
    compared: Settings, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "desk" / "why.html"
    assert main(["audit", "--explain", str(out)]) == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "<code>finding/rare</code>" in out.read_text("utf-8")
    assert str(out) in capsys.readouterr().out


@pytest.mark.parametrize("inside", ["why.html", "a/why.html", "../reports/why.html"])
def test_it_refuses_to_lie_among_the_reports(
    compared: Settings, capsys: pytest.CaptureFixture[str], inside: str
) -> None:
    compared.reports.mkdir(parents=True)
    assert main(["audit", "--explain", str(compared.reports / inside)]) == 2
    assert str(compared.reports) in capsys.readouterr().err
    assert list(compared.reports.rglob("*")) == []


def test_without_a_comparison_there_is_nothing_to_audit(
    home: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    home.data.mkdir(parents=True)
    assert main(["audit"]) == 3
    assert "stories compare" in capsys.readouterr().err


def test_a_difference_that_tells_of_a_few_beside_an_earlier_report_is_named(
    compared: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = open_store(compared.database_url)
    release(engine, compared, STUDY, run="run-7", languages=["en"], now=THEN)
    later = THEN + timedelta(days=30)
    more = replace(
        FOUND,
        run=replace(FOUND.run, id="run-8", as_of=later, started_at=later),
        estimates=(replace(FOUND.estimates[0], n_pilot=173),),
    )
    with writing(engine) as conn:
        save_comparison(conn, more, actor="test")
    assert main(["audit"]) == 0
    said = Language("en")("audit.left_open", outcome="civ", few=2, points="1.7")
    assert said in capsys.readouterr().out.splitlines()
