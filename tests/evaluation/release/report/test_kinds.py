"""The kinds of report: what each holds, and what makes it a draft."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace

import pytest

from evaluation.design import Contents, Study, load_study
from evaluation.design.authored import NOTHING
from evaluation.errors import SettingsError, StudyError
from evaluation.language import Language, languages
from evaluation.release.report.blocks import Bullets, Document, Paragraph, Table, Term
from evaluation.release.report.document import build_document
from evaluation.release.report.drafts import as_draft
from evaluation.release.report.kinds import UNNAMED, builders, kind_of, section_name
from evaluation.release.report.renderers import pdf
from evaluation.release.report.sections import FURTHER, SECTIONS
from evaluation.settings import CHECKOUT
from tests.evaluation.release import given
from tests.evaluation.release.report.pdf_reading import Pdf
from tests.evaluation.release.report.reading import blocks, section

SHIPPED = load_study(CHECKOUT / "evaluation/study")


def with_kinds(**changes: object) -> Study:
    return given.study(contents=SHIPPED.contents, **changes)


def made(kind: str | None, study: Study, code: str = "en", **changes: object) -> Document:
    found = given.released(given.comparison(**changes), study)  # type: ignore[arg-type]
    return build_document(found, Language(code), study, kind=kind)


@pytest.mark.parametrize("code", languages())
def test_a_whole_year_end_report_is_no_draft(code: str) -> None:
    document = made(None, with_kinds(), code)
    assert document.kind == SHIPPED.contents["year_end"].name[code]
    assert Language(code)("report.mark.draft") not in document.page_mark


@pytest.mark.parametrize("code", languages())
def test_a_section_that_nobody_wrote_makes_a_draft_that_names_it(code: str) -> None:
    say = Language(code)
    document = made("year_end", with_kinds(texts=NOTHING), code)
    assert document.page_mark.startswith(say("report.mark.draft"))
    for name in ("context", "purpose", "conclusions", "recommendations", "response"):
        assert say(f"report.section.{name}") in document.banners[0]
    assert say("report.section.methods") not in document.banners[0]


@pytest.mark.parametrize("code", languages())
def test_every_section_has_the_title_by_which_it_would_be_missed(code: str) -> None:
    say = Language(code)
    document = made("year_end", with_kinds(), code)
    titles = {part.id: part.title for part in document.sections}
    ids = {"at_a_glance": "at-a-glance", "data_quality": "data-quality"}
    for name in map(section_name, SECTIONS):
        missed = say(f"report.section.{name}")
        assert titles.get(ids.get(name, name), missed) == missed


def test_the_shipped_contents_name_sections_that_are_there() -> None:
    for kind in SHIPPED.contents.values():
        assert set(kind.demanded) <= set(builders(kind))
    assert list(builders(SHIPPED.contents["year_end"])) == [*map(section_name, SECTIONS)]
    assert section_name(FURTHER[0]) in builders(SHIPPED.contents["progress"])


def test_a_section_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(StudyError, match="unknown_reference") as refused:
        builders(Contents("week", {}, ("limits", "weather")))
    assert refused.value.values["name"] == "weather"
    assert "at_a_glance" in str(refused.value.values["known"])


def test_a_study_that_names_no_kinds_has_one() -> None:
    assert kind_of(given.study(), None) is UNNAMED
    assert kind_of(given.study(), "progress") is UNNAMED
    assert made(None, given.study()).kind == "Progress report"
    with pytest.raises(SettingsError, match="unknown_kind"):
        kind_of(given.study(), "year_end")


def test_a_progress_report_estimates_nothing_whatever_is_known() -> None:
    document = made("progress", with_kinds())
    assert document.kind == "Progress report"
    ids = [part.id for part in document.sections]
    assert ids[0] == "at-a-glance" and "changes" in ids
    assert not {"results", "comparability", "changed-results", "recommendations"} & set(ids)
    text = repr(document.sections)
    assert "0.31" not in text and "points higher" not in text and "Verdict" not in text
    assert "DRAFT" not in document.page_mark


def test_a_progress_report_can_be_written_after_the_baseline_alone() -> None:
    begun = given.flow(
        given.arm("pilot", 236, 220, 204, 0, 0, 0), given.arm("comparison", 231, 214, 198, 0, 0, 0)
    )
    unasked = tuple(
        given.unanswered(id, "no_endline", n_pilot=0, n_comparison=0)
        for id in ("reading", "telling")
    )
    study = with_kinds()
    found = given.released(given.comparison(*unasked, participants=begun), study)
    for code in languages():
        document = build_document(found, Language(code), study, kind="progress")
        assert Language(code)("report.mark.draft") not in document.page_mark
    whole = build_document(found, Language("en"), study, kind="year_end")
    assert "We cannot tell. There are no answers of the last wave yet." in repr(whole.sections)


def test_a_progress_report_says_what_comes_next() -> None:
    document = made("progress", with_kinds())
    lead = blocks(document, "at-a-glance", Paragraph)[0].text
    assert "is being tried in 5\u00a0regions" in lead
    coming = blocks(document, "at-a-glance", Bullets)[0].items
    assert coming[0] == "Questionnaire “autumn”: the dates are not set yet."
    assert coming[1].startswith("After the last questionnaire")
    from datetime import date

    from evaluation.design import Wave

    dated = Wave(1, given.texts("autumn", "осень", "күз"), date(2031, 1, 1), date(2031, 2, 1))
    waves = (given.study().waves[0], dated)
    coming = blocks(made("progress", with_kinds(waves=waves)), "at-a-glance", Bullets)[0].items
    assert coming[0] == "Questionnaire “autumn”: 1 January 2031 – 1 February 2031."
    assert section(document, "at-a-glance").title == "At a glance"


@pytest.mark.parametrize("code", ["ru", "kk"])
@pytest.mark.parametrize("kind", ["year_end", "progress"])
def test_the_shipped_study_speaks_no_english_in_russian_or_kazakh(kind: str, code: str) -> None:
    """Its own texts, the names of kinds and all that a report says around them."""
    study = given.study(
        contents=SHIPPED.contents,
        texts=replace(
            SHIPPED.texts,
            conclusions=(),
            lessons=(),
            recommendations=tuple(
                replace(it, findings=("reading",)) for it in SHIPPED.texts.recommendations
            ),
        ),
    )
    document = made(kind, study, code)
    names = {b.id for part in document.sections for b in part.blocks if isinstance(b, Table)}
    text = re.sub("|".join(map(re.escape, names)), "", " ".join(words(document.sections)))
    found = set(re.findall(r"[A-Za-z]{2,}", text))
    assert "UTC" in found  # the search does find
    assert found - ALLOWED == set()


# Marks, statistics, time, and what the test's own run is called by.
ALLOWED = {"low", "CR", "Satterthwaite", "UTC", "run", "numpy"}


def words(thing: object) -> list[str]:
    """Every text that a reader sees; ids, pictures and digests are none."""
    if isinstance(thing, str):
        return [thing]
    if isinstance(thing, tuple):
        return [text for part in thing for text in words(part)]
    if isinstance(thing, Term) and thing.code:
        return [thing.name]
    if not is_dataclass(thing):
        return []
    unseen = {"id", "svg", "level", "align"}
    return [w for f in fields(thing) if f.name not in unseen for w in words(getattr(thing, f.name))]


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("kind", ["year_end", "progress"])
def test_page_one_is_one_page_also_as_a_draft_of_the_shipped_study(kind: str, code: str) -> None:
    say = Language(code)
    study = with_kinds(texts=replace(given.study().texts, decisions=SHIPPED.texts.decisions))
    document = as_draft(made(kind, study, code), say)
    assert len(document.banners) == 3
    assert len(Pdf(pdf.render_page(document)).pages) == 1
