"""What changed since the report before: released cells side by side, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from evaluation.language import Language, languages
from evaluation.records.estimates import Comparison
from evaluation.release import Facts, protect
from evaluation.release.disclosure import EarlierReport, ReleasedFacts
from evaluation.release.disclosure.cells import Mark, written
from evaluation.release.disclosure.previous import previous_of, reread
from evaluation.release.report.blocks import Document, Paragraph
from evaluation.release.report.document import build_document
from tests.evaluation.release import given
from tests.evaluation.release.report.reading import ENGLISH, blocks, document, tables

THEN = datetime(2030, 10, 1, 9, tzinfo=UTC)
FEWER = given.flow(
    given.arm("pilot", 236, 210, 150, 140, 120, 110),
    given.arm("comparison", 231, 204, 140, 130, 115, 105),
)


def before(*estimates: object, run: str = "run-6") -> Comparison:
    origin = given.run(id=run, as_of=THEN)
    return given.comparison(*estimates, participants=FEWER, origin=origin)  # type: ignore[arg-type]


def earlier(found: Comparison) -> EarlierReport:
    return EarlierReport(found, dict(given.released(found).ledger()), 10)


def after(*reports: EarlierReport) -> ReleasedFacts:
    study = given.study()
    return protect(Facts(given.comparison(), study), study.disclosure, earlier=reports)


def report(*reports: EarlierReport, code: str = "en") -> Document:
    return build_document(after(*reports), Language(code), given.study())


def test_the_first_report_says_that_it_is_the_first() -> None:
    said = [p.text for p in blocks(document(), "changes", Paragraph)]
    assert said == [ENGLISH("report.changes.first")]
    assert after().previous is None
    assert "changed-results" not in {part.id for part in document().sections}


def test_two_reports_stand_side_by_side_as_each_showed_its_numbers() -> None:
    first = earlier(before())
    now = after(first)
    rows = {
        row.head: row.cells
        for group in tables(build_document(now, ENGLISH, given.study()))["changed-counts"].groups
        for row in group.rows
    }
    shown_then, shown_now = dict(first.cells), dict(now.ledger())
    for step in ("eligible", "baseline", "endline", "analysed"):
        key = f"flow/total/{step}"
        assert rows[ENGLISH(f"report.step.{step}")] == (shown_then[key], shown_now[key])
    assert rows[ENGLISH("report.quality.answered")] == ("95%", "95%")
    said = [p.text for p in blocks(report(first), "changes", Paragraph)]
    assert "1 October 2030" in said[0] and "30 December 2030" in said[0]


def test_what_either_report_hid_stays_hidden() -> None:
    first = earlier(before())
    hidden = replace(first, cells={**first.cells, "flow/total/baseline": "[c]"})
    rows = tables(report(hidden))["changed-counts"].groups[0].rows
    assert next(r.cells[0] for r in rows if r.head == ENGLISH("report.step.baseline")) == "[c]"


def test_results_are_compared_only_where_there_were_results() -> None:
    unasked = (given.unanswered("reading", "no_endline"), given.unanswered("telling", "no_endline"))
    assert "changed-differences" not in tables(report(earlier(before(*unasked))))
    made = report(earlier(before(given.estimate(value=0.2, low=-0.1, high=0.5))))
    (first, second) = tables(made)["changed-differences"].groups[0].rows
    assert first.cells == ("+0.20 (−0.10 to +0.50)", "+0.31 (+0.09 to +0.53)")
    assert second.cells == ("[x] ([x])", "+0.11 (−0.13 to +0.35)")


def test_it_is_the_latest_report_before_this_one() -> None:
    made = after(earlier(before()), earlier(before(run="run-65")))
    assert made.previous is not None and made.previous.run == "run-65"
    assert made.previous.cut_off == THEN
    assert made.previous.cell("flow/nowhere") is Mark.NOT_AVAILABLE


@pytest.mark.parametrize("code", languages())
def test_every_language_tells_the_same_numbers(code: str) -> None:
    made = tables(report(earlier(before()), code=code))
    english = tables(report(earlier(before())))
    cells = [row.cells for group in made["changed-counts"].groups[:1] for row in group.rows]
    assert cells == [r.cells for g in english["changed-counts"].groups[:1] for r in g.rows]
    assert "changed-differences" in made


@pytest.mark.parametrize("text", ["205", "95%", "<0.001", "-0.13", "0.10", "3.2", "[c]", "[low]"])
def test_a_cell_is_read_back_as_it_was_written(text: str) -> None:
    assert written(reread(text)) == text


def test_every_cell_of_a_real_ledger_is_read_back() -> None:
    report = earlier(before())
    previous = previous_of([report])
    assert previous is not None
    assert {key: written(cell) for key, cell in previous.cells} == dict(report.cells)
    assert previous_of([]) is None
