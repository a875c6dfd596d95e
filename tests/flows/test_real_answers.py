"""Real answers through studies that are data files alone: checked, ingested, scored, recomputed.

The 2,800 people of psych::bfi, and two exports that KoboToolbox's own exporter wrote.
"""

import csv
import math
import zipfile
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from evaluation.analysis import score_scale
from evaluation.design import load_study
from evaluation.store.engine import open_store, reading
from evaluation.store.responses import load_responses
from flows.cli import main
from tests.evaluation.intake.given import TESTS, shared
from tests.flows.conftest import home_in
from tests.given import moment

BFI = "stats/cases/bfi_agree.csv"
LABELS = "fixtures/generated_by_formpack/igs_synthetic__labels_ru.csv"
NAMES = "fixtures/generated_by_formpack/igs_synthetic__xml_values_no_hierarchy.xlsx"


def scored(tmp_path, name, path, instrument, scale):
    """The scores in the order of the file's rows, and who they are of."""
    environment = {"STORIES_STUDY": str(TESTS / "studies" / name)}
    with home_in(tmp_path, **environment) as settings:
        assert main(["check", str(path)]) == 0
        assert main(["ingest", str(path)]) == 0
        study = load_study(settings.study)
        with reading(open_store(settings.database_url)) as conn:
            form = study.instruments[instrument]
            responses = load_responses(conn, form, as_of=moment("2100-01-01"))
    responses = responses.sort_values("source_row", ignore_index=True)
    return score_scale(responses, study.scales[scale], form)


def mean_of(answers, *, fewest):
    """None where fewer than `fewest` were answered; exact, for a mean of few small integers."""
    given = [answer for answer in answers if answer is not None]
    return Fraction(sum(given), len(given)) if len(given) >= fewest else None


def same(scores, expected):
    return [
        math.isnan(score) if wanted is None else math.isclose(score, float(wanted))
        for score, wanted in zip(scores, expected, strict=True)
    ]


def test_the_agreeableness_of_2800_people_is_what_plain_python_makes_of_it(prefect, tmp_path):
    path = shared(BFI)
    with path.open(newline="") as file:
        source = list(csv.DictReader(file))
    expected = []
    for row in source:
        answers = [int(row[f"A{n}"]) if row[f"A{n}"] else None for n in range(1, 6)]
        # A1 is "Am indifferent to the feelings of others": 1 means what 6 means elsewhere.
        answers[0] = None if answers[0] is None else 7 - answers[0]
        expected.append(mean_of(answers, fewest=3))
    scores = scored(tmp_path, "bfi", path, "agreeableness", "agreeableness").score
    assert len(scores) == 2800
    gaps = sum(any(not row[f"A{n}"] for n in range(1, 6)) for row in source)
    assert gaps > 50  # people with gaps are among them …
    assert 0 < expected.count(None) < gaps  # … and some have too many
    assert all(same(scores, expected))
    # Published in the manual of psych: the mean of the scored scale is 4.65.
    known = [score for score in expected if score is not None]
    assert float(sum(known) / len(known)) == pytest.approx(4.65, abs=0.005)


WORDS = {
    "Совсем не согласен": 1,
    "Не согласен": 2,
    "Трудно сказать": 3,
    "Согласен": 4,
    "Полностью согласен": 5,
}


def interest_by_labels(path):
    """(who, wave, score) from the CSV: columns 6 to 8 are the three questions."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))[1:]
    waves = {"Начальный": 0, "Итоговый": 1}
    return [
        (row[2], waves[row[3]], mean_of([WORDS.get(text) for text in row[5:8]], fewest=2))
        for row in rows
    ]


def interest_by_names(path):
    """The same from the workbook's own XML, without a library for workbooks."""
    space = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(path) as archive:
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    # This exporter writes every text into its own cell and shares none.
    table = [
        {
            cell.get("r").rstrip("0123456789"): "".join(cell.itertext())
            for cell in line.findall("x:c", space)
        }
        for line in sheet.findall(".//x:row", space)
    ]
    names = {name: column for column, name in table[0].items()}
    return [
        (
            row[names["participant_code"]],
            {"baseline": 0, "endline": 1}[row[names["wave"]]],
            mean_of([int(row[names[item]]) for item in ("q1", "q2", "q1_civic")], fewest=2),
        )
        for row in table[1:]
    ]


@pytest.mark.parametrize(
    ("file", "by_hand"), [(LABELS, interest_by_labels), (NAMES, interest_by_names)]
)
def test_an_export_of_kobotoolbox_is_scored_as_by_hand(prefect, tmp_path, file, by_hand):
    path = shared(file)
    expected = by_hand(path)
    scores = scored(tmp_path, "igs", path, "stories", "interest")
    assert list(zip(scores.respondent, scores.wave, strict=True)) == [each[:2] for each in expected]
    assert len(expected) == 6
    assert all(same(scores.score, [score for _, _, score in expected]))
