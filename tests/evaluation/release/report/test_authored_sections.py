"""What people wrote, in its sections: cited, dated, in three languages; and nothing where nothing is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.design.authored import NOTHING
from evaluation.language import Language, languages
from evaluation.release.report.blocks import Bullets, Note, Paragraph, Terms
from evaluation.release.report.theory import arrows, layers
from tests.evaluation.release import given
from tests.evaluation.release.given_texts import THEORY, authored
from tests.evaluation.release.report.reading import (
    ENGLISH,
    blocks,
    document,
    figures,
    section,
    tables,
)

PARTS = ("context", "purpose", "conclusions", "recommendations", "response")


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("id", PARTS)
def test_every_part_has_a_section_in_every_language(id: str, code: str) -> None:
    say = Language(code)
    assert section(document(say=say), id).title == say(f"report.{id}.title")


def test_the_context_has_paragraphs_approach_actors_and_theory() -> None:
    made = document()
    assert blocks(made, "context", Paragraph)[0].text == "Stories are told."
    (approach,) = blocks(made, "context", Terms)
    assert [term.name for term in approach.items][:3] == ["Why", "What", "By whom"]
    assert tables(made)["actors"].groups[0].rows[0].cells == ("Tell",)
    figure = next(f for f in figures(made) if f.id == "theory-of-change")
    assert "Someone tells → Both are glad; Someone listens → Both are glad" in figure.alternative
    assert [(r.head, *r.cells) for r in figure.table.groups[0].rows] == [
        ("Someone tells", "Both are glad"),
        ("Someone listens", "Both are glad"),
    ]
    assert "Both are glad" in figure.svg


def test_boxes_stand_under_all_that_lead_to_them() -> None:
    assert layers(THEORY) == (("a", "b"), ("c",))
    assert arrows(THEORY) == (("a", "c"), ("b", "c"))
    chain = (replace(THEORY[0], leads_to=("b", "c")), replace(THEORY[1]), THEORY[2])
    assert layers(chain) == (("a",), ("b",), ("c",))


def test_the_matrix_names_all_six_criteria_also_those_not_covered() -> None:
    matrix = tables(document())["matrix"]
    assert len(matrix.groups) == 6
    asked = {group.title: group.rows for group in matrix.groups}
    assert asked["Effectiveness"][0].head == "Q1"
    assert asked["Effectiveness"][0].cells == ("Is there more joy?", "Points", "The form")
    assert asked["Impact"][0].cells[0] == "Not asked."
    silent = replace(authored(), not_covered=None)
    matrix = tables(document(of=given.study(texts=silent)))["matrix"]
    assert matrix.groups[-1].rows[0].cells[0] == ENGLISH("report.matrix.not_covered")


def test_conclusions_lessons_and_recommendations_name_their_findings() -> None:
    made = document()
    (conclusions,) = blocks(made, "conclusions", Terms)
    assert conclusions.items[0].name == "C1. Effectiveness"
    assert conclusions.items[0].text == "Joy may have grown. [F-1, F-2]"
    (lessons,) = blocks(made, "recommendations", Bullets)
    assert lessons.items == ("Ask early. [F-6]",)
    rows = tables(made)["advice"].groups[0].rows
    assert rows[0].head == "R1"
    assert rows[0].cells == ("Go on telling.", "Tellers", "1 March 2031", "high", "F-1")
    assert rows[1].cells[-1] == "F-4, F-5"


def test_the_response_has_a_line_a_recommendation_with_nothing_filled_in() -> None:
    rows = tables(document())["responses"].groups[0].rows
    assert [row.head for row in rows] == ["R1", "R2"]
    assert all(set(row.cells) == {""} for row in rows)


def test_decisions_stand_on_page_one_with_who_and_when() -> None:
    lines = blocks(document(), "at-a-glance", Bullets)[0].items
    assert lines == ("Whether to go on: The leads, by 1 February 2031",)


def test_example_sentences_say_that_they_are_examples() -> None:
    said = [note.text for note in blocks(document(), "context", Note)]
    assert said == [ENGLISH("report.authored.example")]
    real = document(of=given.study(example=False))
    assert blocks(real, "context", Note) == []


def test_what_nobody_wrote_is_not_there() -> None:
    made = document(of=given.study(texts=NOTHING))
    assert not {s.id for s in made.sections} & set(PARTS)
    assert len(blocks(made, "at-a-glance", Bullets)) == 1  # no decisions
    provenance = [term.name for term in blocks(made, "provenance", Terms)[0].items]
    assert "Hash of the written texts" not in provenance


def test_a_context_may_be_all_there_is() -> None:
    alone = replace(NOTHING, context=authored().context)
    made = document(of=given.study(texts=alone))
    assert {type(block) for block in section(made, "context").blocks} == {Note, Paragraph}
    bare = replace(authored(), lessons=())
    made = document(of=given.study(texts=bare))
    assert blocks(made, "recommendations", Bullets) == []
