"""Every format read back with csv and openpyxl alone: the answers that went in come out."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from evaluation.design import Study
from evaluation.synthetic.children import draw_block
from evaluation.synthetic.formats import CSV, FORMATS, MIXED
from evaluation.synthetic.population import Population, populate
from evaluation.synthetic.sending import Form, Sending
from evaluation.synthetic.truth import Truth

Table = list[list[str]]


@pytest.fixture(scope="module")
def sending(population: Population) -> Sending:
    region = next(r for r in population.regions if r.code == "31")
    rows = draw_block(population, region, first=0, last=25).endline
    fieldwork = population.fieldwork("31", population.endline)
    return Sending("file", "31", population.endline, fieldwork, rows, {"eligible": 1.2})


@pytest.fixture
def written(
    population: Population, sending: Sending, tmp_path: Path
) -> Callable[[str, Sending], Path]:
    def write(name: str, what: Sending = sending) -> Path:
        path = tmp_path / f"{name}.{FORMATS[name].ending}"
        FORMATS[name].write(path, what, Form(population.study, population.instrument))
        return path

    return write


def delimited(path: Path, *, encoding: str, delimiter: str) -> Table:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file, delimiter=delimiter, strict=True))


def sheet(path: Path) -> Table:
    rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [[_text(value) for value in row] for row in rows]


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


def answers(table: Table, width: int, before: int = 0) -> list[tuple[str, ...]]:
    return [tuple(row[before : before + width]) for row in table[1:]]


def codes_for(table: Table, population: Population, language: str, before: int) -> Table:
    """Labels back to codes, by the instrument."""
    fields = population.instrument.row_fields
    turned = [table[0]]
    for row in table[1:]:
        texts = row[before : before + len(fields)]
        turned.append(
            [
                next((c.code for c in f.choices.choices if c.label[language] == text), text)
                if f.choices
                else text
                for f, text in zip(fields, texts, strict=True)
            ]
        )
    return turned


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_template_holds_the_answers(language, written, sending, population) -> None:
    path = written(f"template_{language}", sending)
    table = sheet(path)
    width = len(population.instrument.row_fields)
    assert table[0] == [f.header[language] for f in population.instrument.row_fields]
    assert answers(table, width) == list(sending.rows.each())
    card = {row[0]: row[1] for row in openpyxl.load_workbook(path).worksheets[1].values}
    said = dict(sending.card(population.instrument, 1).values)
    for field in population.instrument.batch_fields:
        assert _text(card[field.header[language]]) == said.get(field.name, "")


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_kobo_csv_has_labels_every_cell_quoted_and_the_metadata_of_kobo(
    language, written, sending, population
) -> None:
    path = written(f"kobo_labels_{language}", sending)
    raw = path.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    lines = raw.decode("utf-8").split("\r\n")
    assert all(line.startswith('"') and line.endswith('"') for line in lines[:-1])
    table = delimited(path, encoding="utf-8", delimiter=";")
    assert table[0][:2] == ["start", "end"]
    assert table[0][-2:] == ["meta/rootUuid", "_index"]
    assert table[1][2:4] == [
        population.study.regions["31"].name[language],
        population.endline.name[language],
    ]
    width = len(population.instrument.row_fields)
    back = codes_for(table, population, language, before=4)
    assert answers(back, width) == list(sending.rows.each())
    assert [row[-1] for row in table[1:]] == [str(n) for n in range(1, len(sending.rows) + 1)]


def test_a_kobo_workbook_has_xml_names_and_texts_only(written, sending, population) -> None:
    path = written("kobo_xml", sending)
    names = [f.name for f in population.instrument.row_fields]
    table = sheet(path)
    assert table[0][:4] == ["start", "end", "region_code", "wave"]
    assert table[0][4 : 4 + len(names)] == names
    assert answers(table, len(names), before=4) == list(sending.rows.each())
    cells = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    assert {type(value) for row in cells for value in row} == {str, type(None)}


def test_an_odk_csv_has_groups_before_a_hyphen(written, sending, population) -> None:
    table = delimited(written("odk_central", sending), encoding="utf-8", delimiter=",")
    names = [f.name for f in population.instrument.row_fields]
    assert [title.split("-", 1)[-1] for title in table[0][1 : 1 + len(names)]] == names
    assert all("-" in title for title in table[0][1 : 1 + len(names)])
    assert table[0][0] == "SubmissionDate"
    assert "KEY" in table[0]
    assert answers(table, len(names), before=1) == list(sending.rows.each())


@pytest.mark.parametrize(
    ("name", "encoding"), [("semicolon_cp1251", "cp1251"), ("semicolon_utf8", "utf-8-sig")]
)
def test_a_table_from_excel_has_its_own_dates_numbers_and_letters(
    name, encoding, written, sending, population
) -> None:
    table = delimited(written(name, sending), encoding=encoding, delimiter=";")
    fields = population.instrument.row_fields
    assert table[0] == [f.header["ru"] for f in fields]
    back = codes_for(table, population, "ru", before=0)
    for row, typed in zip(sending.rows.each(), back[1:], strict=True):
        for field, said, found in zip(fields, row, typed, strict=True):
            if field.type.value == "date":
                year, month, day = said.split("-")
                assert found == f"{day}.{month}.{year}"
            else:
                assert found.removesuffix(",0") == said, field.name
    assert any(cell.endswith(",0") for cell in table[1])


@pytest.mark.parametrize(
    ("name", "title"),
    [("kobo_labels_ru", "Класс"), ("kobo_xml", "Класс"), ("odk_central", "Класс")],
)
def test_a_changed_header_stands_above_its_column(name, title, written, sending) -> None:
    path = written(name, replace(sending, retitled={"school_language": title}))
    content = sheet(path)[0] if path.suffix == ".xlsx" else path.read_text("utf-8").split("\n")[0]
    assert title in content
    assert "school_language" not in content


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_answers_are_the_same_bytes(name, written, sending) -> None:
    assert written(name, sending).read_bytes() == written(name, sending).read_bytes()


def test_what_somebody_typed_wrongly_is_written_as_it_is(written, sending) -> None:
    spoilt = replace(sending, rows=sending.rows.with_cell("sex", 0, "=1+1"))
    for name in FORMATS:
        path = written(name, spoilt)
        encoding = "cp1251" if "cp1251" in name else "utf-8"
        text = str(sheet(path)) if path.suffix == ".xlsx" else path.read_text(encoding)
        assert "=1+1" in text, name


def test_both_choices_are_made_of_known_formats() -> None:
    assert set(MIXED) | set(CSV) <= set(FORMATS)
    assert all(FORMATS[name].ending == "csv" for name in CSV)


@pytest.mark.parametrize("name", ["kobo_labels_ru", "odk_central"])
def test_a_questionnaire_without_dates_can_be_exported(
    name: str, study: Study, truth: Truth, tmp_path: Path
) -> None:
    pupil = study.instruments["pupil"]
    undated = replace(pupil, fields=tuple(f for f in pupil.fields if f.name != "asked_on"))
    small = populate(replace(study, instruments={"pupil": undated}), truth, children=30, seed=1)
    region = small.regions[0]
    rows = draw_block(small, region, first=0, last=5).baseline
    fieldwork = small.fieldwork(region.code, small.baseline)
    sent = Sending("file", region.code, small.baseline, fieldwork, rows, {})
    path = tmp_path / "file.csv"
    FORMATS[name].write(path, sent, Form(small.study, undated))
    assert len(path.read_text("utf-8").splitlines()) == len(rows) + 1
