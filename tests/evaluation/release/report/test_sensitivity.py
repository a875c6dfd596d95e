"""The section that asks every result again: its tables, its forest, its words."""

from __future__ import annotations

import pytest

from evaluation.analysis import CHALLENGES
from evaluation.language import Language, languages
from evaluation.records.challenges import Challenge
from evaluation.release import Facts, protect
from evaluation.release.report.blocks import Bullets, Figure, Paragraph, Section, Table, Terms
from evaluation.release.report.evidence_tables import KINDS
from evaluation.release.report.sections.sensitivity import build
from tests.evaluation.release import given
from tests.evaluation.release.given_evidence import EVIDENCE, cell, none


def section(*evidence: Challenge, code: str = "en", **changes: object) -> Section:
    found = given.comparison(given.estimate(**changes), given.unclear(), given.unanswered())
    asked = Facts(found, given.study(), evidence=evidence or EVIDENCE)
    return build(protect(asked, given.RULES), given.study(), Language(code))


def table(id: str, made: Section) -> list[tuple[str, ...]]:
    (found,) = [b for b in made.blocks if isinstance(b, Table) and b.id == f"sensitivity-{id}"]
    return [(row.head, *row.cells) for group in found.groups for row in group.rows]


def test_every_challenge_stands_in_one_column_of_one_table() -> None:
    columns = [name for names in KINDS.values() for name in names]
    assert sorted(["headline", *columns]) == sorted(CHALLENGES)
    made = section()
    assert table("lost", made) == [("Joy of reading", "[z]", "+0.03 to +0.58", "−0.10 to +0.69")]
    assert table("asked", made) == [
        ("Joy of reading", "+0.29 (−0.02 to +0.60)", "[z]", "[c]"),
    ]
    assert table("compared", made) == [
        ("Joy of reading", "−0.02 (−0.24 to +0.20)", "[x]", "[c]", "direction kept")
    ]


def test_the_direction_is_told_in_words() -> None:
    assert table("directions", section()) == [
        (
            "Joy of reading",
            "3 of 5",
            "Lost children unlike the others",
            "Reweighted to be alike",
            "Without questions that differ by language, Reweighted to be alike",
        )
    ]


def test_where_the_headline_is_not_clear_none_can_lose_it() -> None:
    unclear = (cell("headline", 0.1, -0.2, 0.4), cell("reweighted", 0.1, -0.3, 0.5))
    assert table("directions", section(*unclear))[0][-1] == "none"


def test_an_outcome_without_an_answer_has_marks_and_a_reason() -> None:
    told = (none("headline", "dof"), none("bounds", "dof"), none("headline", "dof", "telling"))
    made = section(*told)
    assert table("directions", made)[0] == ("Joy of reading", *["[x]"] * 4)
    assert table("lost", made)[1] == ("Joy of telling", "[x]", "[x]", "[x]")
    (bullets,) = [block for block in made.blocks if isinstance(block, Bullets)]
    assert bullets.items[0].startswith("Main result, all outcomes: ")
    assert bullets.items[1].startswith("Bounds for lost children, Joy of reading: ")
    assert not any(isinstance(block, Figure) for block in made.blocks)


def test_what_is_hidden_is_marked_and_not_drawn() -> None:
    made = section(n_pilot=9)
    assert table("directions", made)[0] == ("Joy of reading", *["[c]"] * 4)
    assert not any(isinstance(block, (Figure, Bullets)) for block in made.blocks)


def test_the_forest_draws_what_has_a_number_with_a_table_and_words() -> None:
    (figure,) = [block for block in section().blocks if isinstance(block, Figure)]
    rows = {row.head: row.cells for group in figure.table.groups for row in group.rows}
    assert rows["Main result"] == ("+0.31", "+0.09 to +0.53")
    assert rows["Bounds for lost children"] == ("[z]", "+0.03 to +0.58")
    assert len(rows) == 5 and "Each region left out" not in rows
    assert "Reweighted to be alike: −0.02 (−0.24 to +0.20)" in figure.alternative
    assert figure.svg.startswith("<svg") and "+0.69" in figure.svg


def test_a_run_without_evidence_says_so() -> None:
    made = build(given.released(), given.study(), Language("en"))
    assert [type(block) for block in made.blocks] == [Paragraph]


@pytest.mark.parametrize("code", languages())
def test_every_challenge_is_named_and_explained_in_every_language(code: str) -> None:
    (terms,) = [block for block in section(code=code).blocks if isinstance(block, Terms)]
    assert len({term.name for term in terms.items}) == len(CHALLENGES) - 1
    assert all(len(term.text) > 20 for term in terms.items)
