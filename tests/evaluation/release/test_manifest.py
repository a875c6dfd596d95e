"""The manifest says what a release is made of, and nothing of a child."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

from evaluation.design.plan_contents import Change, PlanChange
from evaluation.records.editions import Edition, EditionFile, State, StateLine
from evaluation.records.planning import FrozenPlan, Origin, Planning
from evaluation.release import Facts, protect
from evaluation.release.manifest import manifest
from tests.evaluation.release import given

AT = datetime(2031, 1, 2, tzinfo=UTC)
EDITION = Edition(
    "e" * 64,
    "run-7",
    (EditionFile("a.html", "1" * 64, "kk", "html"),),
    (StateLine(State.SUBMITTED, AT, "evaluator"), StateLine(State.APPROVED, AT, "lead")),
)
FROZEN = FrozenPlan("b2" * 32, "{}", datetime(2030, 2, 2, tzinfo=UTC), "somebody")


def said(planning: Planning) -> dict[str, object]:
    study = given.study()
    facts = protect(Facts(given.comparison(), study, planning), study.disclosure)
    files = (EditionFile("a.html", "2" * 64, "kk", "html"), EditionFile("data/cells.csv", "3" * 64))
    return json.loads(manifest(EDITION, given.run(), facts, files, kind="progress"))  # type: ignore[no-any-return]


def test_it_says_inputs_versions_plan_audit_states_and_files() -> None:
    made = said(Planning())
    assert made["batches"] == ["d4" * 32, "e5" * 32]
    assert made["kind"] == "progress"
    assert made["versions"] == {"numpy": "2.4.1"}
    assert (made["edition"], made["run"], made["synthetic"]) == ("e" * 64, "run-7", True)
    assert made["data_cut_off"] == "2030-12-30T18:00:00+00:00"
    plan = made["plan"]
    assert isinstance(plan, dict)
    assert (plan["frozen"], plan["deviations"]) == (None, [])
    assert plan["results"] == dict.fromkeys(("reading", "telling", "listening"), "unfrozen")
    assert made["states"] == [
        {"state": "submitted", "at": "2031-01-02T00:00:00+00:00", "actor": "evaluator"},
        {"state": "approved", "at": "2031-01-02T00:00:00+00:00", "actor": "lead"},
    ]
    disclosure = made["disclosure"]
    assert isinstance(disclosure, dict) and disclosure["minimum_cell"] == 10
    assert "told_before" not in disclosure
    files = made["files"]
    assert isinstance(files, list) and [f["name"] for f in files] == ["a.html", "data/cells.csv"]


def test_it_lists_deviations_and_since_when_the_year_end_answers_were_there() -> None:
    change = PlanChange("outcomes", "telling", Change.ADDED)
    late = replace(FROZEN, opened_at=AT)
    plan = said(Planning(late, (change,), (("telling", Origin.ADDED),)))["plan"]
    assert isinstance(plan, dict)
    assert plan["deviations"] == [{"part": "outcomes", "name": "telling", "change": "added"}]
    assert plan["results"]["telling"] == "added"
    assert plan["frozen"] == {
        "digest": "b2" * 32,
        "at": "2030-02-02T00:00:00+00:00",
        "year_end_answers_since": "2031-01-02T00:00:00+00:00",
    }
    plan = said(Planning(FROZEN))["plan"]
    assert isinstance(plan, dict) and plan["frozen"]["year_end_answers_since"] is None
    assert "somebody" not in json.dumps(plan)
