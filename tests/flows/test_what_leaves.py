"""What staff see of numbers about children, beside the reports: artifacts, tables, pages.

Everyone may read Prefect's page; what the evaluator is shown is written into files. So each of
these takes released things only, and whoever reads true numbers from the store is named here.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.design import load_study
from evaluation.records.estimates import Comparison, Estimate
from evaluation.release import Facts, protect
from evaluation.settings import CHECKOUT
from evaluation.store import open_store, save_comparison, writing
from flows.showing import estimate_rows
from tests.evaluation.release import given

ROOT = Path(__file__).parents[2]

ROUND_THE_GATE = """
from collections.abc import Sequence

from evaluation.analysis import PowerAnswer
from evaluation.design import Study
from evaluation.language import Language
from evaluation.records.estimates import Comparison
from evaluation.records.power import PowerLine
from evaluation.release import Facts, ReleasedFacts, build_reports
from evaluation.release.disclosure.power import ReleasedPower
from evaluation.records.challenges import Challenge
from evaluation.records.editions import Edition
from evaluation.records.measures import Measures
from evaluation.release.evaluator_page import audit_lines, evaluator_page
from evaluation.release.manifest import manifest
from evaluation.release.package import build_package
from evaluation.release.package.tidy import tables_csv
from evaluation.release.report.evidence_tables import evidence_tables
from evaluation.release.report.reliability_tables import reliability_table
from flows.commands.power import table
from flows.showing import estimate_rows


def leak(
    found: Comparison, facts: Facts, answers: list[PowerAnswer], study: Study, say: Language
) -> None:
    estimate_rows(found)
    estimate_rows(facts)
    build_reports(facts, study, say, forms=("html", "pdf", "docx", "page"))
    evaluator_page(facts, (), say)
    audit_lines(found, say)
    table(answers, study, say, {})
    lines: tuple[PowerLine, ...] = ()
    table(lines, study, say, {})
    ReleasedPower(children=3)
    made: ReleasedFacts = facts


def leak_more(
    facts: Facts, edition: Edition, evidence: tuple[Challenge, ...], found: Measures, study: Study,
    say: Language,
) -> None:
    build_package(facts, study, ("en",))
    manifest(edition, facts.comparison.run, facts, (), kind="report")
    tables_csv([facts])
    evidence_tables(facts, study, say)
    reliability_table(found, study, say)
"""

READERS = {
    "flows/challenges.py": "the evidence table of a run, for the store",
    "flows/commands/audit.py": "for the evaluator, who may see what was hidden and why",
    "flows/measures.py": "what stands beside the estimates, for the store",
    "flows/comparison.py": "the estimates of a run, for the store",
    "flows/editions.py": "only which run it was, for the manifest",
    "flows/power.py": "answers to `stories power`, which prints them as released",
    "flows/releasing.py": "what the gate is given",
    "flows/verifying.py": "what the gate is given again, to compare what comes out",
    "flows/showing.py": "what the gate is given",
}
"""Who reads true numbers about children from the store, and what becomes of them."""

TRUE_NUMBERS = {
    "load_compared",
    "load_comparison",
    "load_responses",
    "load_challenges",
    "load_measures",
    "facts_of",
    "finding_counts",
}


def trees() -> dict[str, ast.Module]:
    paths = sorted((ROOT / "flows").rglob("*.py"))
    return {p.relative_to(ROOT).as_posix(): ast.parse(p.read_text("utf-8")) for p in paths}


def calls(tree: ast.Module) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_mypy_refuses_true_numbers_in_artifacts_tables_and_pages(tmp_path: Path) -> None:
    snippet = tmp_path / "leak.py"
    snippet.write_text(ROUND_THE_GATE)
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", snippet],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in checked.stdout.splitlines() if "error" in line and "leak.py" in line]
    kinds = [line.rsplit("[", 1)[-1].rstrip("]") for line in lines]
    assert kinds[:7] == ["arg-type"] * 7 and kinds[-6] == "assignment"
    assert any('"seal"' in line for line in lines[7:-6])
    # The open data, the manifest, and the tables of evidence and measures.
    assert kinds[-5:] == ["arg-type", "arg-type", "list-item", "arg-type", "arg-type"]


def test_whoever_reads_true_numbers_is_named() -> None:
    found = {
        name
        for name, tree in trees().items()
        for call in calls(tree)
        if isinstance(call.func, ast.Name) and call.func.id in TRUE_NUMBERS
    }
    # Reading whether there are any is no reading of them.
    assert found - {"flows/compare.py"} == set(READERS)


def test_an_artifact_is_a_link_or_what_showing_makes() -> None:
    made = {
        ast.unparse(call.args[0]).partition("(")[0]
        for tree in trees().values()
        for call in calls(tree)
        if isinstance(call.func, ast.Name)
        and call.func.id.startswith("create_")
        and call.func.id.endswith("_artifact")
    }
    assert made == {"first.as_uri", "estimate_rows", "ingest_summary"}


def few(**changes: object) -> Estimate:
    """Three children in an arm, and a reason that says so."""
    numbers = {"n_pilot": 3, "reason": "no_variation", "cautions": ("baseline_gap",), "value": None}
    return given.estimate(**{**numbers, **changes})


def test_the_artifact_says_no_reason_that_tells_of_a_few_children() -> None:
    found = given.comparison(few(), given.unclear(), given.unanswered(reason="no_endline"))
    rows = estimate_rows(protect(Facts(found, given.study()), given.study().disclosure))
    assert [row["answered"] for row in rows] == ["hidden", "yes", "no"]
    assert [row["reason"] for row in rows] == ["", "", "no_endline"]
    assert [row["cautions"] for row in rows] == ["", "", ""]
    assert not any(digit in str(rows) for digit in "0123456789")


@pytest.fixture
def kept(home) -> Comparison:
    study = load_study(CHECKOUT / "evaluation/study")
    outcome = study.plan.outcomes[0]
    made = replace(few(), outcome=outcome.id, scale=outcome.scale, family=outcome.family)
    found = given.comparison(made, origin=given.run(batches=()))
    home.data.mkdir(parents=True)
    with writing(open_store(home.database_url)) as conn:
        save_comparison(conn, found, actor="test")
    return found


def test_on_the_page_of_prefect_it_says_none_either(prefect, kept: Comparison) -> None:
    from prefect import flow
    from prefect.client.orchestration import get_client

    from flows.compare import show_estimates

    @flow
    def shown() -> None:
        show_estimates(kept.run.id)

    shown()
    with get_client(sync_client=True) as client:
        tables = [a for a in client.read_artifacts() if kept.run.id in (a.description or "")]
    (table,) = tables
    assert '"answered": "hidden"' in str(table.data)
    assert "no_variation" not in str(table.data) and "baseline_gap" not in str(table.data)
