"""The XLSForm taken apart again: its sheets with openpyxl, and the XForm that pyxform makes of it."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from pyxform.xls2xform import convert

from evaluation.design import FieldType, Instrument, Need, Study, load_study
from evaluation.forms.limits import constraint_of
from evaluation.forms.xlsform import QUESTIONS, asked, build_xlsform, language_title
from evaluation.records.codes import child_code, is_child_code

LANGUAGES = ("en", "ru", "kk")
SMALL = Path(__file__).parents[2] / "study"
XF = "{http://www.w3.org/2002/xforms}"


def sheets(content: bytes) -> dict[str, list[dict[str, str]]]:
    """Every sheet as its lines: column → text, empty cells left out."""
    read = {}
    for sheet in openpyxl.load_workbook(BytesIO(content)).worksheets:
        titles, *rows = sheet.iter_rows(values_only=True)
        read[sheet.title] = [
            {str(t): str(v) for t, v in zip(titles, row, strict=True) if v is not None}
            for row in rows
        ]
    return read


def xform(content: bytes) -> ElementTree.Element:
    warnings: list[str] = []
    made = convert(BytesIO(content), warnings=warnings, file_type=".xlsx")
    assert warnings == []
    return ElementTree.fromstring(made.xform)


def every_instrument(*studies: Study) -> list[tuple[Study, Instrument]]:
    return [(study, each) for study in studies for each in study.instruments.values()]


@pytest.fixture
def changed(tmp_path):
    """The small study with one text of its questionnaire changed."""

    def load(old: str, new: str) -> tuple[Study, Instrument]:
        root = tmp_path / "study"
        shutil.copytree(SMALL, root)
        path = root / "instruments/pupil.yaml"
        assert old in path.read_text("utf-8")
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
        study = load_study(root)
        return study, study.instruments["pupil"]

    return load


def test_every_question_has_its_name_its_texts_and_its_place(published, study):
    for of, instrument in every_instrument(published, study):
        survey = sheets(build_xlsform(instrument, of, "en"))["survey"]
        questions = [line for line in survey if not line["type"].endswith("_group")]
        fields = asked(instrument)
        assert [line["name"] for line in questions] == [field.name for field in fields]
        for language in LANGUAGES:
            column = f"label::{language_title(language)}"
            assert [line[column] for line in questions] == [f.header[language] for f in fields]
        required = [line.get("required") == "yes" for line in questions]
        assert required == [field.need is Need.REQUIRED for field in fields]


def test_every_answer_line_has_its_codes_and_texts_in_order(published, study):
    for of, instrument in every_instrument(published, study):
        read = sheets(build_xlsform(instrument, of, "en"))
        types = {line["name"]: line["type"].split() for line in read["survey"] if "name" in line}
        for field in asked(instrument):
            if field.choices is None:
                assert types[field.name] == [str(field.type)]
                continue
            several = field.type is FieldType.MULTIPLE
            kind = "select_multiple" if several else "select_one"
            assert types[field.name] == [kind, field.choices.id]
            offered = [c for c in read["choices"] if c["list_name"] == field.choices.id]
            assert [c["name"] for c in offered] == list(field.choices.codes)
            for language in LANGUAGES:
                said = [c[f"label::{language_title(language)}"] for c in offered]
                assert said == [c.label[language] for c in field.choices.choices]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pyxform_makes_an_xform_of_it_without_a_warning(language, published, study):
    for of, instrument in every_instrument(published, study):
        root = xform(build_xlsform(instrument, of, language))
        assert (
            root.find(".//{http://www.w3.org/1999/xhtml}title").text == (instrument.title[language])
        )
        translations = root.findall(f".//{XF}translation")
        assert {t.get("lang") for t in translations} == {language_title(c) for c in LANGUAGES}
        (default,) = [t.get("lang") for t in translations if t.get("default")]
        assert default == language_title(language)
        bound = [b.get("nodeset").split("/")[-1] for b in root.iter(f"{XF}bind")]
        names = [name for name in bound if name not in (QUESTIONS, "instanceID")]
        assert names == [field.name for field in asked(instrument)]


def test_the_xform_says_every_text_in_every_language(published):
    instrument = published.instruments["child_questionnaire"]
    root = xform(build_xlsform(instrument, published, "kk"))
    for translation in root.findall(f".//{XF}translation"):
        said = {t.get("id"): t.find(f"{XF}value").text for t in translation}
        language = re.fullmatch(r".*\((..)\)", translation.get("lang"))[1]
        for field in asked(instrument):
            group = f"{QUESTIONS}/" if field.item else ""
            assert said[f"/data/{group}{field.name}:label"] == field.header[language]


def test_no_question_is_shown_before_both_have_agreed(published):
    root = xform(build_xlsform(published.instruments["child_questionnaire"], published, "ru"))
    relevant = {b.get("nodeset"): b.get("relevant") for b in root.iter(f"{XF}bind")}
    said = re.sub(r"\s+", " ", relevant[f"/data/{QUESTIONS}"].strip())
    assert said == "/data/consent_guardian = '1' and /data/assent_child = '1'"


def test_what_is_read_aloud_stands_at_the_question_of_assent(published):
    instrument = published.instruments["child_questionnaire"]
    survey = sheets(build_xlsform(instrument, published, "en"))["survey"]
    hints = {line["name"]: line for line in survey if any(c.startswith("hint") for c in line)}
    assert list(hints) == ["assent_child"]
    for language in LANGUAGES:
        said = hints["assent_child"][f"hint::{language_title(language)}"]
        assert said == instrument.introduction.text[language]


def test_a_form_without_consent_shows_its_questions_at_once(changed):
    study, instrument = changed('consent: {fields: [consent], given: "1"}\n', "")
    survey = sheets(build_xlsform(instrument, study, "en"))["survey"]
    assert "relevant" not in next(line for line in survey if line["type"] == "begin_group")


def test_a_broken_limit_is_answered_with_what_is_asked_for(published):
    survey = sheets(build_xlsform(published.instruments["child_questionnaire"], published, "en"))[
        "survey"
    ]
    limited = {line["name"]: line for line in survey if "constraint" in line}
    assert limited["sessions_attended"]["constraint"] == ". >= 0 and . <= 60"
    for line in limited.values():
        for language in LANGUAGES:
            assert line[f"constraint_message::{language_title(language)}"]


def test_a_pattern_keeps_its_apostrophe(changed):
    _, instrument = changed(r"pattern: '[a-z]\d+'", '''pattern: "[a-z]'+[0-9]"''')
    assert constraint_of(instrument.field("code")) == (
        "regex(., concat('^(?:[a-z]', \"'\", '+[0-9])$'))"
    )


def agrees(code: str, instrument: Instrument) -> bool:
    """The check digit's expression worked out in Python: XPath's words replaced, nothing else."""
    _, formula = constraint_of(instrument.field("child_code")).split(" and ", 1)
    formula = re.sub(r"number\(substr\(\., (\d+), \d+\)\)", lambda m: code[int(m[1])], formula)
    formula = formula.replace("mod", "%").replace(" = ", " == ")
    assert re.fullmatch(r"[\d\s()+*%=-]+", formula)
    return bool(eval(formula))


@pytest.mark.parametrize("number", [0, 1, 42, 12907, 40831, 99999])
def test_the_tablet_finds_the_same_check_digits_wrong_as_the_gate(number, published):
    instrument = published.instruments["child_questionnaire"]
    right = child_code("27", number)
    assert agrees(right, instrument)
    for place in (0, 1, 3, 4, 5, 6, 7, 9):
        for digit in "0123456789":
            typed = right[:place] + digit + right[place + 1 :]
            assert agrees(typed, instrument) == is_child_code(typed)


def test_a_long_list_is_folded(published):
    survey = sheets(build_xlsform(published.instruments["child_questionnaire"], published, "en"))[
        "survey"
    ]
    folded = [line["name"] for line in survey if line.get("appearance") == "minimal"]
    assert folded == ["region_code"]


def test_the_same_study_makes_the_same_bytes(study, pupil):
    assert build_xlsform(pupil, study, "ru") == build_xlsform(pupil, study, "ru")
