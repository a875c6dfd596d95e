"""Sheets of codes taken apart again: every code once, large, and nothing that says what it is for."""

import re
from html.parser import HTMLParser
from io import BytesIO

import openpyxl
import pytest

from evaluation.forms.code_sheets import CARDS_A_PAGE, code_page, code_workbook
from evaluation.language import Language
from evaluation.records.codes import child_code

CODES = tuple(child_code("27", number) for number in range(30))
TITLE = "A <neutral> title"


class Page(HTMLParser):
    """The cards as a reader sees them, and what the page would fetch."""

    def __init__(self):
        super().__init__()
        self.tags, self.text, self.labels, self.fetched = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        said = dict(attrs)
        self.fetched += [said[name] for name in ("src", "href") if name in said]
        self.labels += [said["aria-label"]] if "aria-label" in said else []

    def handle_data(self, data):
        self.text.append(data)


def parsed(codes=CODES, language="en"):
    page = Page()
    page.feed(code_page(codes, TITLE, Language(language)).decode())
    return page


def test_every_code_is_on_one_card_digit_by_digit():
    page = parsed()
    assert page.labels == list(CODES)
    assert re.findall(r"\d\d-\d{5}-\d", "".join(page.text)) == list(CODES)
    assert page.tags.count("b") == 8 * len(CODES)


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (14, 1), (15, 2), (30, 3)])
def test_a_page_has_fourteen_cards(count, pages):
    page = parsed(CODES[:count])
    assert page.tags.count("section") == pages == -(-count // CARDS_A_PAGE)
    assert page.tags.count("li") == count


def test_the_page_needs_nothing_from_elsewhere():
    page = parsed()
    assert (page.fetched, page.tags.count("script"), page.tags.count("link")) == ([], 0, 0)
    assert "url(" not in "".join(page.text)


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_a_card_says_to_write_no_name_in_the_readers_language(language):
    text = "".join(parsed(language=language).text)
    assert text.count(Language(language)("codes.note")) == len(CODES)
    assert text.count(TITLE) == len(CODES) + 1
    assert f'<html lang="{language}">' in code_page(CODES, TITLE, Language(language)).decode()


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_workbook_holds_codes_as_text_and_no_place_for_names(language):
    say = Language(language)
    book = openpyxl.load_workbook(BytesIO(code_workbook(CODES, TITLE, say)))
    (sheet,) = book.worksheets
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert [(row[0], row[1]) for row in rows] == list(enumerate(CODES, start=1))
    assert sheet["B5"].number_format == "@"
    keys = ("number", "code", "site", "handed_out")
    assert [cell.value for cell in sheet[4]] == [say(f"codes.{key}") for key in keys]
    assert (sheet["A1"].value, sheet["A2"].value) == (TITLE, say("codes.no_names"))
