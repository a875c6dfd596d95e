"""Every report says how it stands to its plan: frozen when, what was changed, what is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from evaluation.design.plan_contents import Change, PlanChange
from evaluation.language import Language
from evaluation.records.planning import FrozenPlan, Origin, Planning
from evaluation.release import Facts, protect
from evaluation.release.report.blocks import Bullets, Document, Paragraph
from evaluation.release.report.document import build_document
from tests.evaluation.release import given
from tests.evaluation.release.report.reading import blocks, tables

FROZEN = FrozenPlan("a1" * 32, "{}", datetime(2030, 2, 2, 9, tzinfo=UTC), "evaluator")
ORIGINS = (
    ("reading", Origin.PLANNED),
    ("telling", Origin.CHANGED),
    ("listening", Origin.ADDED),
)


def document(planning: Planning | None = None, code: str = "en") -> Document:
    study = given.study()
    facts = Facts(given.comparison(), study, *([planning] if planning else []))
    return build_document(protect(facts, study.disclosure), Language(code), study)


def said(made: Document) -> str:
    return " ".join(block.text for block in blocks(made, "methods", Paragraph))


def column(made: Document) -> list[str]:
    return [row.cells[-1] for group in tables(made)["design"].groups for row in group.rows]


def test_a_plan_that_was_never_frozen_says_so() -> None:
    made = document()
    assert "No plan had been frozen" in said(made)
    assert column(made) == ["not frozen"] * 3
    assert "No plan had been frozen" in tables(made)["design"].notes[1]


def test_a_plan_that_was_kept_says_when_it_was_frozen_with_its_hash() -> None:
    made = document(Planning(FROZEN, (), ORIGINS))
    assert "frozen on 2 February 2030, 09:00 UTC" in said(made)
    assert "a1" * 8 + "…" in said(made)
    assert "Nothing of it was changed since." in said(made)
    assert column(made) == ["planned", "changed", "added later"]


def test_other_notes_in_the_file_are_no_deviation() -> None:
    made = document(Planning(replace(FROZEN, digest="b2" * 32), (), ORIGINS))
    assert "only its notes and layout" in said(made)


def test_a_plan_frozen_late_says_so_in_the_table_too() -> None:
    late = replace(FROZEN, opened_at=datetime(2030, 1, 1, tzinfo=UTC))
    made = document(Planning(late, (), (("reading", Origin.LATE),)))
    assert "frozen only on" in said(made)
    assert "frozen only on" in tables(made)["design"].notes[1]
    assert column(made)[0] == "frozen late"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "en",
            (
                "outcome: Joy of reading: changed",
                "outcome: gone: left out",
                "scale (questions, turned questions, range): Joy of telling: changed",
                "limit: dof_low: added",
                "which regions are pilot and which comparison: changed",
                "estimates: x: changed",
            ),
        ),
        (
            "ru",
            (
                "исход: Радость чтения: изменено",
                "исход: gone: исключено",
                "шкала (вопросы, обращённые вопросы, диапазон): Радость рассказа: изменено",
                "порог: dof_low: добавлено",
                "какие регионы пилотные, а какие для сравнения: изменено",
                "estimates: x: изменено",
            ),
        ),
    ],
)
def test_deviations_are_listed_by_the_names_that_readers_know(
    code: str, expected: tuple[str, ...]
) -> None:
    changes = (
        PlanChange("outcomes", "reading", Change.CHANGED),
        PlanChange("outcomes", "gone", Change.REMOVED),
        PlanChange("scales", "telling", Change.CHANGED),
        PlanChange("thresholds", "dof_low", Change.ADDED),
        PlanChange("roles", "", Change.CHANGED),
        PlanChange("estimates", "x", Change.CHANGED),
    )
    made = document(Planning(FROZEN, changes, ORIGINS), code)
    (bullets,) = blocks(made, "methods", Bullets)
    assert bullets.items == expected


def test_who_froze_the_plan_stays_in() -> None:
    study = given.study()
    facts = Facts(given.comparison(), study, Planning(replace(FROZEN, actor="somebody"), ()))
    assert "somebody" not in repr(protect(facts, study.disclosure).planning)
