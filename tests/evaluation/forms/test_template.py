"""The template taken apart again with openpyxl, which knows nothing of how it was made."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.design import FieldType, Instrument, Study
from evaluation.forms import TEMPLATE_VERSION, build_template, fill_template
from evaluation.records.batches import Card

LANGUAGES = ("en", "ru", "kk")


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def first_row(sheet: Worksheet) -> list[object]:
    return [cell.value for cell in sheet[1]]


def list_over(sheet: Worksheet, cell: str) -> list[str] | None:
    """The drop-down of a cell, None where it has none."""
    for rule in sheet.data_validations.dataValidation:
        if cell in rule.sqref and rule.type == "list":
            return str(rule.formula1).strip('"').split(",")
    return None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_stands_in_its_column_in_the_chosen_language(
    language: str, published: Study
) -> None:
    for instrument in published.instruments.values():
        sheet = opened(build_template(instrument, published, language)).worksheets[0]
        assert first_row(sheet) == [f.header[language] for f in instrument.row_fields]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_coded_column_offers_exactly_its_codes_to_the_last_row(
    language: str, published: Study
) -> None:
    last = int(published.intake["rows"]) + 1
    for instrument in published.instruments.values():
        sheet = opened(build_template(instrument, published, language)).worksheets[0]
        for cell, field in zip(sheet[1], instrument.row_fields, strict=True):
            codes = list(field.choices.codes) if field.choices else None
            expected = codes if field.type is FieldType.CODE else None
            assert list_over(sheet, f"{cell.column_letter}2") == expected, field.name
            assert list_over(sheet, f"{cell.column_letter}{last}") == expected, field.name


def test_the_card_asks_every_batch_field_and_knows_the_versions(published: Study) -> None:
    instrument = published.instruments["child_questionnaire"]
    card = opened(build_template(instrument, published, "kk")).worksheets[1]
    rows = list(card.iter_rows(values_only=True))
    assert [row[0] for row in rows] == [f.header["kk"] for f in instrument.batch_fields]
    assert [row[1] for row in rows][:2] == [TEMPLATE_VERSION, instrument.version]
    assert all(row[1] is None for row in rows[2:])
    assert list_over(card, "B3") == sorted(published.regions)
    assert list_over(card, "B4") == [str(wave.id) for wave in published.waves]


def test_the_answers_sheet_is_empty_below_its_header(pupil: Instrument, study: Study) -> None:
    """An example row would one day be counted as a child."""
    assert opened(build_template(pupil, study, "en")).worksheets[0].max_row == 1


def test_the_header_is_locked_and_stays_in_sight_and_the_rest_can_be_typed_in(
    pupil: Instrument, study: Study
) -> None:
    for sheet in opened(build_template(pupil, study, "en")).worksheets[:2]:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert sheet["A1"].protection.locked
    answers = opened(build_template(pupil, study, "en")).worksheets[0]
    assert answers.freeze_panes == "B2"
    assert all(not dimension.protection.locked for dimension in answers.column_dimensions.values())


def test_codes_are_text_so_that_excel_turns_no_answer_into_a_date(
    pupil: Instrument, study: Study
) -> None:
    sheet = opened(build_template(pupil, study, "en")).worksheets[0]
    formats = {
        field.name: sheet.column_dimensions[cell.column_letter].number_format
        for cell, field in zip(sheet[1], pupil.row_fields, strict=True)
        if cell.column_letter in sheet.column_dimensions
    }
    assert formats["code"] == "@"
    assert formats["age"] == "0"
    assert formats["asked_on"] == "yyyy-mm-dd"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_names_or_properties_tells_whose_answers_these_are(
    language: str, published: Study
) -> None:
    instrument = published.instruments["child_questionnaire"]
    book = opened(build_template(instrument, published, language))
    assert book.properties.title == instrument.title[language]
    assert not book.properties.creator
    assert not book.properties.lastModifiedBy
    told = " ".join([*book.sheetnames, str(book.properties.title)]).lower()
    for word in ("return", "pilot", "возвр", "пилот", "орал", "пилотт"):
        assert word not in told


def test_the_same_study_gives_the_same_bytes(pupil: Instrument, study: Study) -> None:
    assert build_template(pupil, study, "ru") == build_template(pupil, study, "ru")


def test_answers_come_back_as_they_were_typed(pupil: Instrument, study: Study) -> None:
    typed = ["a1", "F", "12", "1", "2022-03-14", "sport music", "0", "5", "4", "1", "2", "9"]
    card = Card((("region", "n"), ("wave", "1"), ("forms_declared", "1")))
    book = opened(fill_template(pupil, study, "en", card=card, rows=[typed]))
    day = datetime(2022, 3, 14)
    expected = ["a1", "F", 12, "1", day, "sport music", "0", "5", "4", "1", "2", "9"]
    assert [cell.value for cell in book.worksheets[0][2]] == expected
    assert [row[1].value for row in book.worksheets[1].iter_rows()] == ["n", "1", 1]


STRANGE = ["=1+1", "+7", "@sum(a1)", "10-12", "http://x", "0012", "не знаю", "1.5"]


@pytest.mark.parametrize("typed", STRANGE)
def test_whatever_is_typed_stays_the_text_it_is(
    typed: str, pupil: Instrument, study: Study
) -> None:
    rows = [[typed] * len(pupil.row_fields)]
    content = fill_template(pupil, study, "en", card=Card(), rows=rows)
    values = [cell.value for cell in opened(content).worksheets[0][2]]
    numbers = {"0012": 12}
    assert set(values) <= {typed, numbers.get(typed)}
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_a_row_of_the_wrong_length_is_our_mistake(pupil: Instrument, study: Study) -> None:
    with pytest.raises(ValueError, match="shorter"):
        fill_template(pupil, study, "en", card=Card(), rows=[["a1"]])
