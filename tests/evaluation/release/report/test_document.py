"""The document: complete, marked, numbered, and the same layout whatever came out."""

from __future__ import annotations

import pytest

from evaluation.language import Language
from evaluation.release.report.blocks import (
    Document,
    Statement,
)
from evaluation.release.report.document import build_document
from evaluation.release.report.sections import SECTIONS, limits
from evaluation.release.report.statements import MANDATORY, statement
from tests.evaluation.release import given
from tests.evaluation.release.report.reading import ENGLISH, blocks, document, figures, tables

# domain.md §3.5, word for word.
WRITTEN = {
    "en": {
        "M1": "Pilot regions were not chosen at random. The difference shown may be partly due to "
        "other differences between regions; it does not prove that the approach caused it.",
        "M3": "This report may be used only to improve the programme, not to identify, assess or "
        "monitor individual children or families.",
    },
    "ru": {
        "M2": "Значения по группам менее 10 детей не показаны ([c]); некоторые другие значения "
        "скрыты, чтобы их нельзя было вычислить.",
        "M6": "Анкета новая; надёжность приведена; баллы не являются диагнозом.",
    },
    "kk": {
        "M4": "Сынақ деректері әр бетте белгіленген.",
        "M5": "Деректердің соңғы күні, пакеттер саны, код нұсқасы, талдау жоспарының күні және "
        "бақылау сомасы.",
    },
}


@pytest.mark.parametrize("code", WRITTEN)
def test_the_mandatory_statements_are_there_word_for_word(code: str) -> None:
    statements = blocks(document(say=Language(code)), "limits", Statement)
    said = {block.id: block.text for block in statements}
    assert tuple(said) == MANDATORY
    assert {id: said[id] for id in WRITTEN[code]} == WRITTEN[code]


@pytest.mark.parametrize("code", ["en", "ru", "kk"])
def test_another_minimum_is_named_in_the_statement(code: str) -> None:
    assert "12" in statement("M2", Language(code), minimum=12).text


def test_a_document_without_a_statement_is_a_draft_on_every_page() -> None:
    kept = tuple(build for build in SECTIONS if build is not limits.build)
    made = build_document(given.released(), ENGLISH, given.study(), sections=kept)
    assert "M1, M2, M3, M4, M5, M6" in made.banners[0]
    assert made.page_mark.startswith("DRAFT")
    assert "DRAFT" not in document().page_mark


@pytest.mark.parametrize(
    ("synthetic", "example", "banners", "marked"),
    [
        (True, True, 2, True),
        (True, False, 1, True),
        (False, True, 1, True),
        (False, False, 0, False),
    ],
)
def test_invented_data_and_example_roles_are_marked(
    synthetic: bool, example: bool, banners: int, marked: bool
) -> None:
    found = given.comparison(origin=given.run(synthetic=synthetic))
    made = document(found=found, of=given.study(example=example))
    assert len(made.banners) == banners
    assert bool(made.page_mark) is marked


def test_tables_and_figures_are_counted_through() -> None:
    made = document()
    assert [t.caption.split(".")[0] for t in tables(made).values()] == [
        f"Table {n}" for n in range(1, len(tables(made)) + 1)
    ]
    assert [figure.caption[:9] for figure in figures(made)] == [
        "Figure 1.",
        "Figure 2.",
        "Figure 3.",
        "Figure 4.",
    ]
    assert figures(made)[1].table.caption == "The numbers behind figure 2"


def test_every_figure_has_words_and_a_table_that_say_the_same() -> None:
    for figure in figures(document()):
        for row in (row for group in figure.table.groups for row in group.rows):
            if row.head in figure.alternative:
                assert row.cells[0] in figure.alternative
        assert figure.svg.startswith("<svg")
    assert "Joy of reading: +0.31 (+0.09 to +0.53)" in figures(document())[0].alternative


def shape(made: Document) -> list[tuple[str, list[str]]]:
    return [(s.id, [type(block).__name__ for block in s.blocks]) for s in made.sections[:2]]


@pytest.mark.parametrize(
    "estimates",
    [
        (given.estimate(value=-0.3, low=-0.5, high=-0.1), given.unclear()),
        (given.unclear("reading"), given.unclear()),
        (given.unanswered("reading"), given.unanswered("telling", "regions_per_arm")),
        (given.estimate(n_pilot=9), given.estimate("telling", n_comparison=3)),
    ],
    ids=["negative", "cannot tell", "no number", "hidden"],
)
def test_every_verdict_has_the_same_layout(estimates: tuple[object, ...]) -> None:
    clear = given.comparison(given.estimate(), given.estimate("telling"))
    assert shape(document(found=given.comparison(*estimates))) == shape(document(found=clear))  # type: ignore[arg-type]
