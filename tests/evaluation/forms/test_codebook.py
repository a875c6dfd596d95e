"""The codebook read back: the table with csv, the page with the standard library's parser."""

from __future__ import annotations

import csv
from html.parser import HTMLParser
from io import StringIO

import pytest

from evaluation.design import Instrument, Study
from evaluation.forms.codebook import COLUMNS, codebook_page, codebook_table, entries
from evaluation.language import Language

LANGUAGES = ("en", "ru", "kk")
RULES = {"code": ("missing_answer", "wrong_form"), "sex": ("not_in_list",)}


class Cells(HTMLParser):
    """The texts of the cells of every row of every table."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.open = False
        self.feed(page.decode())

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.open = True

    def handle_endtag(self, tag):
        self.open = self.open and tag not in ("td", "th")
        if tag == "li":
            self.rows[-1][-1] += "\n"

    def handle_data(self, data):
        if self.open:
            self.rows[-1][-1] += data


def listed(instrument: Instrument, study: Study, language: str, rules=RULES):
    return entries(instrument, study.scales_of(instrument.id), rules, Language(language))


def table(instrument, study, language):
    text = codebook_table(listed(instrument, study, language)).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def codes(cell: str) -> list[list[str]]:
    return [line.split(" = ", 1) for line in cell.split("\n") if line]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_holds_every_variable_with_its_text_and_its_codes(language, published, study):
    for of in (published, study):
        for instrument in of.instruments.values():
            rows = table(instrument, of, language)
            fields = (*instrument.batch_fields, *instrument.row_fields)
            assert [row["variable"] for row in rows] == [field.name for field in fields]
            assert [row["text"] for row in rows] == [f.header[language] for f in fields]
            for row, field in zip(rows, fields, strict=True):
                choices = field.choices.choices if field.choices else ()
                counted = [[c.code, c.label[language]] for c in choices if not c.missing]
                others = [[c.code, c.label[language]] for c in choices if c.missing]
                assert codes(row["codes"]) == counted
                assert codes(row["non_answers"]) == others
                assert (row["where"], row["type"], row["needed"]) == (
                    field.level,
                    field.type,
                    field.need,
                )


def test_the_table_says_limits_scale_direction_and_rules(pupil, study):
    rows = {row["variable"]: row for row in table(pupil, study, "en")}
    assert (rows["age"]["minimum"], rows["age"]["maximum"]) == ("8", "17")
    assert rows["code"]["pattern"] == r"[a-z]\d+"
    assert rows["code"]["rules"] == "missing_answer wrong_form"
    assert (rows["wb_3"]["scale"], rows["wb_3"]["reversed"]) == ("wellbeing", "1")
    assert (rows["wb_1"]["scale"], rows["wb_1"]["reversed"]) == ("wellbeing", "0")
    assert (rows["age"]["scale"], rows["age"]["rules"]) == ("", "")
    assert rows["secret_group"]["sensitivity"] == "S3"


def test_the_table_has_the_same_columns_in_every_language_and_a_mark_for_excel(pupil, study):
    for language in LANGUAGES:
        content = codebook_table(listed(pupil, study, language))
        assert content.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_the_same_as_the_table(language, published, study):
    say = Language(language)
    for of in (published, study):
        for instrument in of.instruments.values():
            known = listed(instrument, of, language)
            rows = [row for row in Cells(codebook_page(instrument, known, say)).rows]
            body = [row for row in rows if row[0] != say("codebook.variable")]
            assert len(rows) - len(body) == 2  # a heading for the card, and one for the rows
            assert [row[0] for row in body] == [entry.name for entry in known]
            assert [row[1] for row in body] == [entry.text for entry in known]
            for row, entry in zip(body, known, strict=True):
                lines = [line.strip() for line in row[2].split("\n") if line.strip()]
                said = [f"{code} = {text}" for code, text in entry.codes]
                aside = f" ({say('codebook.non_answer')})"
                said += [f"{code} = {text}{aside}" for code, text in entry.non_answers]
                if said:
                    assert lines == said
                assert row[3] == entry.need_in(say)
                assert row[6] == ", ".join(entry.rules)


def test_the_page_says_the_limits_of_a_variable_without_codes(pupil, study):
    say = Language("en")
    rows = {
        row[0]: row for row in Cells(codebook_page(pupil, listed(pupil, study, "en"), say)).rows
    }
    assert rows["age"][2] == "whole number ≥ 8 ≤ 17"
    assert rows["code"][2] == r"text [a-z]\d+"
    assert rows["asked_on"][2] == "date"
    assert rows["wb_3"][4] == "wellbeing (reversed)"


def test_a_text_is_never_taken_for_markup(pupil, study):
    (first, *_) = listed(pupil, study, "en")
    from dataclasses import replace

    page = codebook_page(pupil, (replace(first, text="<b>&"),), Language("en")).decode()
    assert "<td>&lt;b&gt;&amp;</td>" in page
