"""Every part of a real export that repeats, read as the table of a study that is about it."""

import csv
import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from evaluation.design import load_study
from evaluation.records.batches import Status
from tests.evaluation.intake.given import TESTS, checked, rules, shared

LEGACY = "fixtures/kobo_legacy_csv_repeats__"
CENTRAL = "fixtures/odk_central_csv/multirepeat"
NESTED = "fixtures/generated_by_formpack/nested_grouped_repeatable__xml_values_repeats.xlsx"


@pytest.fixture(scope="module")
def repeats():
    return load_study(TESTS / "studies/repeats")


def rows_of(path):
    """Counted by another reader: the standard library's."""
    with shared(path).open(newline="", encoding="utf-8") as file:
        return len(list(csv.DictReader(file)))


@pytest.mark.parametrize(
    ("path", "instrument", "source", "column", "first"),
    [
        (f"{LEGACY}childrens_survey.csv", "parents", "kobo", "age", 35),
        (f"{LEGACY}children.csv", "children", "kobo", "ice_creams", "vanilla chocolate"),
        (f"{LEGACY}children_cartoons.csv", "cartoons", "kobo", "why", "Tom is silly"),
        (f"{CENTRAL}.csv", "parents", "odk", "age", 30),
        (f"{CENTRAL}-child.csv", "parents", "odk", "age", 4),
        (f"{CENTRAL}-toy.csv", "toys", "odk", "toy", "R2-D2"),
    ],
)
def test_every_row_of_a_part_is_counted(repeats, path, instrument, source, column, first):
    intake = checked(shared(path).read_bytes(), repeats, card={}, instrument=instrument)
    assert intake.source == source
    assert intake.tally.rows == intake.tally.accepted == rows_of(path), intake.findings
    assert intake.accepted[column].tolist()[0] == first


@pytest.mark.parametrize(
    ("instrument", "sheet", "rows"), [("trees", 2, 6), ("nests", 3, 8), ("eggs", 4, 14)]
)
def test_every_level_of_nested_repeats_is_counted(repeats, instrument, sheet, rows):
    path = shared(NESTED)
    by_calamine = CalamineWorkbook.from_path(path).get_sheet_by_index(sheet - 1).to_python()
    assert len(by_calamine) - 1 == rows
    intake = checked(path.read_bytes(), repeats, card={}, instrument=instrument)
    assert (intake.tally.rows, intake.tally.accepted) == (rows, rows), intake.findings
    assert [f.sheet for f in intake.findings] == [n for n in (2, 3, 4) if n != sheet]


def test_a_text_that_looks_like_nothing_is_an_answer(repeats):
    intake = checked(shared(NESTED).read_bytes(), repeats, card={}, instrument="trees")
    assert intake.accepted.iloc[:, 5].tolist()[-1] == "nan"


@pytest.mark.parametrize(
    ("paths", "rows", "source"),
    [
        ([f"{LEGACY}{n}.csv" for n in ("childrens_survey", "children", "children_cartoons")], 2, "kobo"),
        ([f"{CENTRAL}{n}.csv" for n in ("", "-child", "-toy")], 3, "odk"),
    ],
)  # fmt: skip
def test_the_parts_of_an_export_in_one_archive(repeats, paths, rows, source):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path in paths:
            archive.writestr(path.rpartition("/")[2], shared(path).read_bytes())
    intake = checked(content.getvalue(), repeats, card={}, instrument="parents")
    assert (intake.source, intake.tally.rows, intake.tally.accepted) == (source, rows, rows)
    assert rules(intake) == ["repeat_ignored", "repeat_ignored"]


def test_a_form_is_refused_whatever_the_study(repeats):
    content = shared("fixtures/odk_xlsform__simple_repeat.xlsx").read_bytes()
    assert checked(content, repeats, card={}).status is Status.REFUSED
