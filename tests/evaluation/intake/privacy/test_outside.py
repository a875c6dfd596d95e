"""Comments, properties, names and the file's own name: what refuses, what is only told."""

import io

import openpyxl
import pytest
from openpyxl.comments import Comment

from evaluation.intake import receipt_text
from evaluation.intake.privacy.looking import look_at_name, study_words
from evaluation.intake.privacy.outside import scan_file_name, scan_parts
from evaluation.intake.reading.package_parts import Part
from evaluation.language import Language, languages
from evaluation.records.batches import Status
from evaluation.records.findings import Effect
from tests.evaluation.intake.given import (
    ADA,
    BEN,
    PUPIL,
    changed,
    checked,
    pupil_rows,
    rules,
    text_table,
)

IIN = "991231500016"


def scanned(*parts, words=frozenset()):
    return scan_parts(parts, words=words, last_birth_year=2019)


@pytest.mark.parametrize("place", ["comment", "property", "defined_name", "page_header", "link"])
def test_anywhere_it_refuses_and_says_where(place):
    (finding,) = scanned(Part(place, f"see {IIN}", 2))
    assert (finding.rule, finding.effect, finding.sheet) == ("personal_data", Effect.REFUSE, 2)
    assert finding.values == {"kind": "iin", "place": place}
    assert (finding.row, finding.column) == (None, None)


def test_a_comment_is_found_at_its_cell_once():
    part = Part("comment", f"{IIN} {IIN}", 1, "AB12")
    (finding,) = scanned(part, part)
    assert (finding.column, finding.row) == ("AB", 12)


@pytest.mark.parametrize(
    "author",
    [
        "Сапарова Нұрдана",
        "Сапарова Н.С.",
        "Сапаров Серік Маратұлы",
        "someone@example.org",
        "Ann-Mary Quill",
    ],
)
def test_an_author_is_told_and_refuses_nothing(author):
    (finding,) = scanned(Part("author", author))
    assert (finding.rule, finding.effect) == ("author_in_file", Effect.NOTE)


@pytest.mark.parametrize(
    "author",
    [
        "openpyxl",
        "Microsoft Excel",
        "Microsoft Office User",
        "Пользователь",
        "Apache POI",
        "1",
        "HP",
    ],
)
def test_a_programme_is_no_author(author):
    assert scanned(Part("author", author)) == ()


def test_an_author_with_a_number_refuses_like_anywhere():
    assert {f.rule for f in scanned(Part("author", f"Сапаров С.М. {IIN}"))} == {
        "author_in_file",
        "personal_data",
    }


def test_words_of_the_study_are_no_remarks(study):
    words = study_words(study)
    assert {"I feel well.", "A small study", "North"} <= words | {"North"}
    assert scanned(Part("comment", IIN), words={IIN}) == ()


@pytest.mark.parametrize(
    "name",
    [
        "Ахметов_Берик.xlsx",
        "анкета_Сапаров_А.csv",
        f"{IIN}.csv",
        "Серікұлы.xlsx",
        "87011234567 (1).xlsx",
        "дети из Сирии.xlsx",
    ],
)
def test_a_name_of_a_file_with_a_name_in_it_is_told(name):
    (finding,) = scan_file_name(name, last_birth_year=2019)
    assert (finding.rule, finding.effect, finding.values) == ("personal_file_name", Effect.NOTE, {})


@pytest.mark.parametrize(
    "name",
    [
        "27_wave_1.xlsx",
        "region_31_wave_0_part_001.xlsx",
        "final_2(1).xlsx",
        "Ұлытау 14.03.2022.csv",
    ],
)
def test_an_ordinary_name_is_not(name):
    assert scan_file_name(name, last_birth_year=2019) == ()


def test_without_a_name_there_is_nothing_to_look_at(study):
    assert look_at_name(None, study) == ()


# Through the gate


def saved(*, comment=None, author="openpyxl", hidden=None):
    book = openpyxl.Workbook()
    for row in pupil_rows(ADA):
        book.active.append(list(row))
    if comment:
        book.active["B2"].comment = Comment(comment, "Somebody")
    if hidden:
        book.create_sheet("more").append([hidden])
        book["more"].sheet_state = "veryHidden"
    book.properties.creator = author
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_comment_refuses_the_batch_and_every_language_says_where(study):
    intake = checked(saved(comment=f"см. {IIN}"), study)
    assert intake.status is Status.REFUSED
    (finding,) = (f for f in intake.findings if f.rule == "personal_data")
    assert (finding.sheet, finding.column, finding.row) == (1, "B", 2)
    for code in languages():
        say = Language(code)
        text = receipt_text(intake.verdict, say, study.instruments["pupil"])
        assert f"B2 ({say('intake.place.comment')})" in text
        assert say("rule.personal_data.iin") in text and say("rule.personal_data.iin.fix") in text
        assert IIN not in text


def test_a_property_has_no_cell_and_the_receipt_says_so(study):
    intake = checked(saved(author=IIN), study)
    text = receipt_text(intake.verdict, Language("en"), study.instruments["pupil"])
    assert "**the file's properties: author**" in text


def test_an_author_is_information_and_the_rows_are_accepted(study):
    intake = checked(saved(author="Сапарова Нұрдана"), study)
    assert (rules(intake), intake.status) == (["author_in_file"], Status.ACCEPTED)
    assert len(intake.accepted) == 1


def test_a_very_hidden_sheet_is_looked_at(study):
    assert rules(checked(saved(hidden="Сапаров А.Б."), study)) == ["personal_data"]


def test_a_list_that_is_no_questionnaire_is_looked_at_too(study):
    content = text_table([["who", "when"], ["Сапаров А.Б.", "17.05.2010"]])
    found = [(f.rule, f.values.get("kind")) for f in checked(content, study).findings]
    assert found[1:] == [("personal_data", "initials"), ("personal_data", "birth_date")]
    assert found[0][0] == "no_data_sheet"


def test_two_words_that_may_be_a_name_are_a_question(study):
    header, row = [*PUPIL, "remark"], [*ADA, "Сапарова Нұрдана"]
    intake = checked(text_table([header, row]), study)
    assert [(f.rule, f.column, f.row) for f in intake.findings if f.rule == "perhaps_a_name"] == [
        ("perhaps_a_name", "M", 2)
    ]


def test_a_column_of_names_refuses(study):
    names = ["Сапарова Нұрдана", "Алдосов Берик", "Аркорова Вера"]
    rows = [[*changed(ADA, Code=f"a{n}"), name] for n, name in enumerate(names)]
    intake = checked(text_table([[*PUPIL, "remark"], *rows]), study)
    assert [f.values for f in intake.findings if f.rule == "personal_data"] == [
        {"kind": "name"}
    ] * 3


def test_halves_in_neighbouring_columns_refuse_at_the_first(study):
    header = [*PUPIL, "one", "two"]
    halves = [("991231", "500016"), ("", "7"), ("991231", "600012"), ("991231", "500014")]
    rows = [[*changed(ADA, Code=f"a{n}"), *pair] for n, pair in enumerate(halves)]
    intake = checked(text_table([header, *rows]), study)
    assert [(f.column, f.row) for f in intake.findings if f.rule == "personal_data"] == [
        ("M", 2),
        ("M", 4),
    ]


def test_a_wrong_year_in_a_column_of_dates_is_no_birthday(study):
    intake = checked(text_table(pupil_rows(changed(ADA, Date="14.03.2012"), BEN)), study)
    assert "personal_data" not in rules(intake)
    slip = checked(text_table(pupil_rows(changed(ADA, Date="03/04/2012"), BEN)), study)
    assert "personal_data" not in rules(slip)


def test_the_name_of_the_file_reaches_the_receipt_and_is_not_in_it(study):
    from pathlib import Path

    from evaluation.intake import check
    from evaluation.records.batches import Card
    from tests.evaluation.intake.given import CARD, EXPECTATIONS, nobody

    name = "Сапаров_Берик.csv"
    said = {"study": study, "instrument": None, "region": None, "wave": None}
    for content in (text_table(pupil_rows(ADA)), b"\x00"):
        intake = check(
            content,
            **said,
            declared=Card(tuple(CARD.items())),
            expectations=Path(EXPECTATIONS),
            already_stored=nobody,
            name=name,
        )
        assert "personal_file_name" in rules(intake)
        assert "Сапаров" not in repr(intake)
    assert intake.status is Status.REFUSED
