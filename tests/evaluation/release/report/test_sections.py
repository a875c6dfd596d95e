"""What single sections say, and when they say nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.design import Region
from evaluation.language import catalogue
from evaluation.release import EarlierReport, Facts, protect
from evaluation.release.report.blocks import Answers, Bullets, Paragraph, Terms
from evaluation.release.report.document import build_document
from tests.evaluation.release import given
from tests.evaluation.release.report.reading import (
    ENGLISH,
    blocks,
    document,
    figures,
    section,
    tables,
)


def test_the_first_family_of_the_plan_is_on_page_one() -> None:
    (answers,) = blocks(document(), "at-a-glance", Answers)
    assert [a.title for a in answers.items] == ["F-1. Joy of reading", "F-2. Joy of telling"]


def test_page_one_says_where_and_when_with_or_without_sites_and_dates() -> None:
    lead = blocks(document(), "at-a-glance", Paragraph)[0].text
    assert "tried in 5\u00a0regions (3\u00a0sites)" in lead
    assert "in 5\u00a0regions where" in lead
    assert "spring (1 March 2030 – 31 March 2030) and autumn." in lead


def test_remarks_are_said_once_for_all_outcomes_that_share_them() -> None:
    found = given.comparison(
        given.estimate(cautions=("attrition",)),
        given.unclear(cautions=("attrition",)),
        given.unanswered(),
    )
    bullets = blocks(document(found=found), "results", Bullets)[-1].items
    assert bullets[0].startswith("Joy of reading, Joy of telling: ")
    assert bullets[-1].startswith("Patience in listening: ")
    assert len(bullets) == 4  # and what the second outcome is missing


def test_without_remarks_there_is_no_empty_list() -> None:
    plain = document(found=given.comparison(given.estimate()))
    heads = [getattr(block, "text", "") for block in section(plain, "results").blocks]
    assert ENGLISH("report.results.remarks") not in heads


def test_a_comparison_without_estimates_still_makes_a_whole_report() -> None:
    empty = replace(given.comparison(), estimates=())
    made = document(found=empty)
    assert [each.id for each in made.sections] == [each.id for each in document().sections]
    assert [figure.id for figure in figures(made)] == ["theory-of-change", "flow-diagram"]


@pytest.mark.parametrize(
    ("smallest", "words"), [(2 / 252, "few regions"), (0.1, "very few regions")]
)
def test_the_floor_of_the_p_value_is_said(smallest: float, words: str) -> None:
    made = document(found=given.comparison(given.estimate(smallest_p=smallest)))
    (further,) = blocks(made, "limits", Bullets)
    assert f"rests on {words}" in further.items[0]


def test_how_much_was_hidden_is_said_with_numbers() -> None:
    few_lost = given.flow(given.arm("pilot", 236, 220, 204, 193, 181, 178), given.COMPARISON)
    found = given.comparison(participants=few_lost)
    said = blocks(document(found=found), "limits", Paragraph)[-1].text
    audit = given.released(found).audit
    assert f"{audit.kept:.0%} of what the counts tell is kept" in said
    assert "to within fewer than 5." in said and "earlier" not in said
    hidden = blocks(document(found=found), "limits", Paragraph)[-2].text
    assert f"Of {audit.cells} counts of children and rows, {audit.hidden} are hidden" in hidden
    earlier = (EarlierReport(found, dict(given.released(found).ledger()), 10),)
    made = protect(Facts(found, given.study()), given.RULES, earlier=earlier)
    assert (
        "one." in blocks(build_document(made, ENGLISH, given.study()), "limits", Paragraph)[-1].text
    )


def test_where_the_floor_is_not_known_nothing_is_said_of_it() -> None:
    made = document(found=given.comparison(given.estimate(smallest_p=None)))
    (further,) = blocks(made, "limits", Bullets)
    assert "p-value" not in " ".join(further.items)


def test_only_frequent_findings_that_have_a_name_are_listed() -> None:
    names = [k.removeprefix("report.finding.") for k in _keys() if k.startswith("report.finding.")]
    assert len(names) > 20
    findings = ((names[0], 42), (names[1], 3), ("nobody_named_this", 90))
    made = document(found=given.comparison(batches=given.quality(findings=findings)))
    rows = tables(made)["findings"].groups[0].rows
    assert [(row.head, row.cells) for row in rows] == [
        (ENGLISH(f"report.finding.{names[0]}"), ("40",))
    ]
    assert "findings" not in tables(document())


def _keys() -> list[str]:
    return sorted(catalogue("en").texts)


def test_the_provenance_names_everything_needed_to_recompute() -> None:
    (terms,) = blocks(document(), "provenance", Terms)
    said = " ".join(term.text for term in terms.items)
    for needed in (
        "2030, 18:00 UTC",
        "9.8.7",
        "version 3",
        "a1" * 32,
        "c3" * 32,
        "run-7",
        "numpy 2",
    ):
        assert needed in said


def test_reference_values_are_quoted_with_date_and_source() -> None:
    rows = tables(document())["reference-values"].groups[0].rows
    assert [(row.cells[0], row.cells[2]) for row in rows] == [
        ("51%", "«Вестник»"),
        ("1,520", "«Вестник»"),
    ]
    assert "reference-values" not in tables(document(of=given.study(reference_values=())))


def test_a_method_without_a_word_keeps_its_own_name() -> None:
    found = given.comparison(
        given.estimate(estimator="brand_new", family="explored", adjusted_by=None)
    )
    notes = tables(document(found=found))["differences-table"].notes
    assert "explored. Method: brand_new;" in notes[1]
    assert notes[1].endswith("several outcomes: none.")


def test_no_region_is_named_anywhere() -> None:
    region = Region("01", "KZ-01", "oblast", given.texts("Nowhere", "Нигде", "Еш жерде"))
    text = repr(document(of=given.study(regions={"01": region})))
    assert "Nowhere" not in text.replace(repr(given.study()), "")


def test_a_p_below_the_smallest_printed_one_is_said_to_be_below() -> None:
    made = document(found=given.comparison(given.estimate(p_value=0.0000001)))
    row = tables(made)["differences-table"].groups[0].rows[0]
    assert row.cells[2] == "<\u00a00.001"
