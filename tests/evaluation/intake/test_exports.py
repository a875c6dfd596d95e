"""Real exports through studies that are data files alone, and real answers of real people."""

import csv
from collections import Counter

import pandas as pd
import pytest

from evaluation.design import load_study
from evaluation.records.batches import Status
from tests.evaluation.intake.given import TESTS, checked, rules, shared

FORMPACK = "fixtures/generated_by_formpack"
FIXTURES = sorted(
    str(path.relative_to(TESTS.parent.parent / "shared"))
    for path in (TESTS.parent.parent / "shared/fixtures").rglob("*.*")
    if path.suffix in (".csv", ".xlsx")
) or ["fixtures"]


@pytest.fixture(scope="module")
def exports():
    return load_study(TESTS / "studies/exports")


@pytest.fixture(scope="module")
def bfi():
    return load_study(TESTS / "studies/bfi")


@pytest.fixture(scope="module")
def igs():
    return load_study(TESTS / "studies/igs")


def read(path, study, **said):
    return checked(shared(path).read_bytes(), study, card={}, **said)


def test_the_answers_of_2800_people_are_taken_in_one_by_one(bfi):
    path = shared("stats/cases/bfi_agree.csv")
    intake = checked(path.read_bytes(), bfi, card={})
    assert (intake.status, intake.findings) == (Status.ACCEPTED, ())
    assert (intake.tally.rows, intake.tally.accepted) == (2800, 2800)
    assert (intake.region, intake.wave) == ("", 0)
    with path.open(newline="") as file:
        source = list(csv.DictReader(file))
    names = ["A1", "A2", "A3", "A4", "A5", "gender", "education", "age"]
    taken = intake.accepted[names].astype("float64")
    sent = pd.DataFrame([[float(row[n]) if row[n] else None for n in names] for row in source])
    assert taken.isna().sum().tolist() == sent.isna().sum().tolist()
    assert (taken.fillna(0).to_numpy() == sent.astype("float64").fillna(0).to_numpy()).all()
    assert intake.accepted.source_row.tolist() == list(range(2, 2802))
    assert intake.accepted.respondent.is_unique


LABELS = f"{FORMPACK}/igs_synthetic__labels_ru.csv"
NAMES = f"{FORMPACK}/igs_synthetic__xml_values_no_hierarchy.xlsx"


def test_an_export_with_labels_and_one_with_names_say_the_same(igs):
    labels, names = read(LABELS, igs), read(NAMES, igs)
    assert labels.source == names.source == "kobo"
    assert labels.tally.accepted == names.tally.accepted == 6
    drop = ["batch"]
    assert labels.accepted.drop(columns=drop).equals(names.accepted.drop(columns=drop))
    assert labels.accepted.activities.tolist() == [
        "stories crafts",
        "sport",
        "stories",
        "stories crafts",
        "sport",
        "stories",
    ]
    assert Counter(labels.accepted.region) == {"pilot_1": 4, "comp_1": 2}
    assert Counter(labels.accepted.wave) == {0: 3, 1: 3}


def test_two_questions_of_one_label_are_told_apart_by_order_and_said_so(igs):
    """The k-th column is the k-th question; the export with names proves it right."""
    intake = read(LABELS, igs)
    assert [(f.rule, f.column, f.field) for f in intake.findings] == [
        ("same_label", "G", "q2"),
        ("same_label", "H", "q1_civic"),
    ]
    assert intake.status is Status.REMARKS


def test_a_repeat_sheet_is_read_past_and_said_so(igs):
    assert [(f.rule, f.sheet) for f in read(NAMES, igs).findings] == [("repeat_ignored", 2)]


@pytest.mark.parametrize(
    ("path", "instrument", "source", "rows"),
    [
        (f"{FORMPACK}/dietary_needs__hxl_second_header_row.csv", "diet", "kobo", 3),
        (f"{FORMPACK}/grouped_translated__labels_english.csv", "symmetry", "kobo", 3),
        (f"{FORMPACK}/grouped_translated__xml_values_hierarchy.csv", "symmetry", "kobo", 3),
        ("fixtures/kobo_legacy_xlsx__transportation_export.xlsx", "transport", "kobo", 4),
        ("fixtures/kobo_xlsx_dot_separator_with_repeat__data.xlsx", "household", "kobo", 5),
        ("fixtures/kobo_csv_import_bad_dates__bad.csv", "toppings", "kobo", 9),
        ("fixtures/odk_central_csv/selectMultiple.csv", "chosen", "odk", 2),
        ("fixtures/odk_central_csv/multirepeat-child.csv", "members", "odk", 4),
    ],
)
def test_every_row_of_an_export_is_counted(exports, path, instrument, source, rows):
    intake = read(path, exports)
    assert (intake.instrument, intake.source) == (instrument, source)
    taken = intake.tally.accepted + intake.tally.set_aside
    assert (intake.tally.rows, taken) == (rows, rows), intake.findings


def answers(exports, path):
    intake = read(path, exports)
    return intake, intake.accepted.iloc[:, 5:]


def test_tags_under_the_headers_are_no_answers(exports):
    intake, frame = answers(exports, f"{FORMPACK}/dietary_needs__hxl_second_header_row.csv")
    assert intake.accepted.source_row.tolist() == [3, 4, 5]
    assert frame.dietary_accommodations.tolist() == [
        "gluten_free",
        "vegan vegetarian",
        "gluten_free vegan vegetarian lactose_free",
    ]


def test_labels_and_paths_of_groups_lead_to_the_same_answers(exports):
    _, labels = answers(exports, f"{FORMPACK}/grouped_translated__labels_english.csv")
    _, paths = answers(exports, f"{FORMPACK}/grouped_translated__xml_values_hierarchy.csv")
    assert labels.equals(paths)
    assert labels.iloc[:, 1].tolist()[:2] == [7, 1]
    assert labels.iloc[2].isna().tolist() == [True, True, False, True]


def test_answers_split_into_true_and_false(exports):
    _, frame = answers(exports, "fixtures/kobo_csv_import_bad_dates__bad.csv")
    every = "cheese pepperoni sausauge green_peppers mushrooms anchovies"
    assert frame.favorite_toppings.isna().sum() == 1
    assert set(frame.favorite_toppings.dropna()) == {every}
    # The last two rows bear one number: an edited form, and the later edition counts.
    assert frame.age.tolist() == [10, *range(20, 26), 27]
    assert frame.date.isna().sum() == 1


def test_groups_joined_by_dots(exports):
    _, frame = answers(exports, "fixtures/kobo_xlsx_dot_separator_with_repeat__data.xlsx")
    assert frame.HHSize.tolist() == [1, 5, 3, 1, 2]
    assert frame.reason.tolist()[0] == "accomodation employment education community"
    assert frame.country.tolist() == ["VEN", "HND", "SLV", "SLV", "COL"]


def test_the_summary_of_a_split_question_counts(exports):
    """ODK Central writes 0 into the columns of answers that the form no longer has."""
    _, frame = answers(exports, "fixtures/odk_central_csv/selectMultiple.csv")
    assert frame.q1.tolist() == ["a b", "b"]
    assert frame.q2.tolist() == ["x y z", "m x"]


def test_answers_of_a_legacy_workbook(exports):
    _, frame = answers(exports, "fixtures/kobo_legacy_xlsx__transportation_export.xlsx")
    assert frame.iloc[:, 0].tolist() == ["none", "ambulance bicycle", "ambulance", "taxi other"]
    assert frame.ambulance.dropna().tolist() == ["daily", "weekly"]
    assert frame.taxi.dropna().tolist() == ["daily"]


@pytest.mark.parametrize("path", FIXTURES)
def test_no_export_of_another_form_is_ever_a_crash(path, igs, bfi, exports):
    for study in (igs, bfi, exports):
        intake = read(path, study)
        assert intake.tally.rows or intake.status is Status.REFUSED
        assert intake.findings or intake.status is Status.ACCEPTED


@pytest.mark.parametrize(
    "name", ["kobo_legacy_csv_repeats__children", "kobo_legacy_csv_repeats__children_cartoons"]
)
def test_a_repeat_alone_is_said_to_be_one(igs, name):
    assert rules(read(f"fixtures/{name}.csv", igs)) == ["only_repeats"]


def test_the_trailing_cells_of_retired_answers_are_read_past_and_said(igs):
    text = shared(LABELS).read_text("utf-8")
    lines = text.splitlines()
    lines[3:] = [f'{line};"1"' for line in lines[3:]]
    intake = checked("\r\n".join(lines).encode(), igs, card={})
    assert intake.tally.accepted == 6
    assert "cells_without_header" in rules(intake)
