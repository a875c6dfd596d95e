"""The page as a reader's browser and screen reader get it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from evaluation.language import Language
from evaluation.release import build_report
from evaluation.release.report.blocks import Paragraph
from evaluation.release.report.document import build_document
from evaluation.release.report.references import tables_of
from evaluation.release.report.renderers.html import TEMPLATES, render
from tests.evaluation.release import given

CODES = ("en", "ru", "kk")
VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """Elements in their order, the text that a reader sees, and whether all tags close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "code"} & set(self.open):
            self.text.append(data)

    def all(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attrs for name, attrs in self.elements if name == tag)


@pytest.fixture(scope="module", params=CODES)
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def html(code: str) -> str:
    return build_report(given.released(), given.study(), Language(code)).decode()


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_the_same_facts_give_the_same_bytes(html: str, code: str) -> None:
    assert build_report(given.released(), given.study(), Language(code)).decode() == html


def test_it_says_its_language_and_has_one_first_heading(page: Page, code: str) -> None:
    assert next(page.all("html"))["lang"] == code
    assert len(list(page.all("h1"))) == 1


def test_headings_never_skip_a_level(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_every_reference_finds_one(page: Page) -> None:
    ids = [attrs["id"] for _, attrs in page.elements if attrs.get("id")]
    assert len(ids) == len(set(ids))
    named = [attrs[a] for _, attrs in page.elements for a in ("aria-labelledby",) if attrs.get(a)]
    links = [attrs["href"][1:] for attrs in page.all("a") if attrs.get("href")]  # type: ignore[index]
    assert set(named) | set(links) <= set(ids)


def test_every_table_has_a_caption_and_scoped_headings(page: Page) -> None:
    count = len(list(page.all("table")))
    assert count >= 6
    assert len(list(page.all("caption"))) == count
    assert {attrs.get("scope") for attrs in page.all("th")} == {"col", "row", "rowgroup"}


def test_every_picture_has_words_and_is_hidden_itself(page: Page) -> None:
    pictures = list(page.all("svg"))
    assert len(pictures) == 4
    assert all(attrs["aria-hidden"] == "true" for attrs in pictures)
    words = [attrs["aria-label"] for _, attrs in page.elements if attrs.get("role") == "img"]
    assert len(words) == 4 and all(words)


def test_what_scrolls_sideways_can_be_reached_by_keyboard(page: Page) -> None:
    wide = [attrs for attrs in page.all("div") if attrs.get("class") == "wide"]
    assert wide and all(attrs.get("tabindex") == "0" for attrs in wide)


def test_it_asks_for_nothing_and_runs_nothing(html: str, page: Page) -> None:
    assert not {"script", "link", "iframe", "img", "object"} & {tag for tag, _ in page.elements}
    assert not re.search(r"url\((?!#)|@import|https?://(?!www\.w3\.org/)", html)
    assert "default-src 'none'" in html


def test_the_mark_of_example_data_is_on_every_printed_page(html: str, code: str) -> None:
    mark = Language(code)("report.mark.example")
    assert f'<aside class="page-mark">{mark}</aside>' in html
    printed = html[html.index("@media print") :]
    assert "position: fixed" in printed[printed.index(".page-mark") :][:120]


def test_real_data_carry_no_mark() -> None:
    real = given.released(given.comparison(origin=given.run(synthetic=False)))
    made = build_report(real, given.study(example=False), Language("en")).decode()
    assert '<aside class="page-mark">' not in made
    assert '<p class="banner">' not in made


def test_text_is_escaped_in_the_page_and_in_its_style() -> None:
    made = build_document(given.released(), Language("en"), given.study())
    nasty = '</style><script>alert("1")</script>'
    section = replace(made.sections[0], blocks=(Paragraph(nasty),))
    html = render(replace(made, title=nasty, sections=(section,))).decode()
    assert "<script" not in html
    assert "&lt;script&gt;" in html


# Proper names, units of statistics, marks, and what the test's own study is called by.
LATIN = {"p", "c", "z", "x", "low", "CR", "Satterthwaite", "UTC", "M"}
# Numbers of findings, questions, conclusions, lessons, recommendations: alike in every language.
LATIN |= set("FQCLR")


@pytest.mark.parametrize("code", ["ru", "kk"])
def test_no_latin_word_strays_into_russian_or_kazakh(code: str) -> None:
    found = given.comparison(
        given.estimate(cautions=("attrition",)), given.unclear(), given.unanswered()
    )
    html = build_report(given.released(found), given.study(), Language(code)).decode()
    page = Page(html)
    spoken = [str(a["aria-label"]) for _, a in page.elements if a.get("aria-label")]
    words = set(re.findall(r"[A-Za-z]+", " ".join([*page.text, *spoken])))
    made = build_document(given.released(found), Language(code), given.study())
    names = {table.id for table in tables_of(made.sections)}  # lasting, alike in every language
    assert words - LATIN - set("-".join([*names, "run", "sources"]).split("-")) == set()


@pytest.mark.parametrize(("code", "shown"), [("en", "+0.31"), ("ru", "+0,31"), ("kk", "+0,31")])
def test_numbers_are_written_as_the_language_writes_them(code: str, shown: str) -> None:
    html = build_report(given.released(), given.study(), Language(code)).decode()
    assert f'<td class="number">{shown}</td>' in html


def test_all_languages_show_the_same_tables_with_the_same_numbers() -> None:
    def numbers(code: str) -> list[list[str]]:
        html = build_report(given.released(), given.study(), Language(code)).decode()
        tables = re.findall(r"<table.*?</table>", html, re.DOTALL)[
            :-2
        ]  # the last two quote dates and names
        return [re.findall(r"\d+", table.replace(",", ".")) for table in tables]

    def without_captions(code: str) -> list[list[str]]:
        return [sorted(table) for table in numbers(code)]

    assert without_captions("ru") == without_captions("en") == without_captions("kk")


def palettes() -> dict[str, dict[str, str]]:
    """The three sets of colours of the style sheet, each on top of the first."""
    css = (TEMPLATES / "report.css").read_text("utf-8")
    found = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block))
        for block in re.findall(r":root {(.*?)}", css, re.DOTALL)
    ]
    return {name: found[0] | colours for name, colours in zip(MEDIA, found, strict=True)}


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


MEDIA = ("light", "dark", "print")
INKS = ("ink", "muted", "accent", "good", "fair", "poor", "pilot", "comparison")
PAIRS = [(ink, "paper") for ink in INKS] + [
    ("ink", "wash"),
    ("muted", "wash"),
    ("warn-ink", "warn"),
]


@pytest.mark.parametrize("media", MEDIA)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_colour_of_text_stands_out_from_its_ground(media: str, ink: str, ground: str) -> None:
    palette = palettes()[media]
    one, other = sorted((luminance(palette[ink]), luminance(palette[ground])))
    assert (other + 0.05) / (one + 0.05) >= 4.5
