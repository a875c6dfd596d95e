"""The whole way, from the files that staff send to the reports, through the real command line."""

import csv
import io
import re
from contextlib import redirect_stdout

import pytest
from sqlalchemy import func, select

from evaluation.language import languages
from evaluation.settings import CHECKOUT, Settings
from evaluation.store import tables
from evaluation.store.engine import open_store, reading
from evaluation.store.events import broken_at
from flows.cli import main
from tests.flows.conftest import home_in
from tests.flows.given import EXAMPLES, rows

LIST = (CHECKOUT / "docs/report.md").read_text("utf-8").partition("## Tables, figures")[2]
REPORT_LINES = re.findall(r"^\| ([TFM–]\d*|id) \|(.*)\|$", LIST.partition("\n## ")[0], re.MULTILINE)
"""Of docs/report.md: T1, F1, M1 … and where the report has it."""


def reports(settings: Settings) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in settings.reports.glob("*.html")}


@pytest.fixture(scope="module")
def assessed(prefect, tmp_path_factory):
    """Once for all the tests here: what follows only looks, or does the same again."""
    said = io.StringIO()
    with home_in(tmp_path_factory.mktemp("cycle")) as settings, redirect_stdout(said):
        assert main(["assess", str(EXAMPLES)]) == 0
        yield settings, said.getvalue()


def test_the_examples_become_three_reports(assessed):
    settings, said = assessed
    for language in languages():
        path = settings.reports / f"year-end-report.{language}.html"
        assert str(path) in said
        assert f'<html lang="{language}"' in path.read_text("utf-8")


def test_a_second_run_adds_nothing_and_writes_the_same_bytes(assessed):
    settings, _ = assessed
    before, written = rows(settings), reports(settings)
    said = io.StringIO()
    with redirect_stdout(said):
        assert main(["assess", str(EXAMPLES)]) == 0
    assert rows(settings) == before
    assert reports(settings) == written
    assert "nothing changes" in said.getvalue()


def test_every_batch_of_the_list_came_to_what_its_faults_deserve(assessed):
    settings, said = assessed
    with (EXAMPLES / "faults.csv").open(encoding="utf-8") as file:
        refused = {row["file"] for row in csv.DictReader(file) if row["effect"] == "refuse"}
    engine = open_store(settings.database_url)
    with reading(engine) as conn:
        status = tables.batch_statuses.c.status
        counted = select(func.count()).where(status == "refused")
        assert conn.scalar(counted) == len(refused) == said.count("Status: refused") == 2
        assert broken_at(conn) is None


def test_no_code_of_a_child_is_said_or_printed(assessed):
    """Codes are pseudonyms, and still they stay in the store."""
    settings, said = assessed
    engine = open_store(settings.database_url)
    with reading(engine) as conn:
        table = "responses_child_questionnaire_v1"
        codes = conn.exec_driver_sql(f"SELECT respondent FROM {table} LIMIT 50").scalars().all()
    assert len(codes) == 50
    visible = said.encode() + b"".join(reports(settings).values())
    assert [code for code in codes if code.encode() in visible] == []


def test_the_list_of_what_a_report_holds_is_true_of_the_example(assessed):
    settings, _ = assessed
    page = (settings.reports / "year-end-report.en.html").read_text("utf-8")
    there = re.findall(r'<(?:table|figure) id="([^"]+)"', page)
    there = {each for each in there if not each.endswith("-data")}  # the numbers of a figure
    sections = set(re.findall(r'<section id="([^"]+)"', page))
    assert len(there) > 50 and len(sections) > 20
    listed = {id: line for id, line in REPORT_LINES if id != "id"}
    places = {name for line in listed.values() for name in re.findall(r"`([a-z-]+)`", line)}
    assert places - sections == there
    assert {f"T{n}" for n in range(1, 17)} | {f"F{n}" for n in range(1, 8)} <= set(listed)
    nowhere = {id for id, line in listed.items() if not re.findall(r"`[a-z-]+`", line)}
    assert nowhere == {id for id, line in listed.items() if "absent: " in line} == {"T10"}
