"""The printed form: what it is made of, and the PDF read back with pdftotext where there is one."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from evaluation.design import Field, Instrument, Study
from evaluation.forms.paper import Aloud, AnswerLine, Form, Question, build_paper, paper_form
from evaluation.language import Language

LANGUAGES = ("en", "ru", "kk")
READER = shutil.which("pdftotext")


def shown(form: Form) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every question down the page: its text, and its codes with their labels."""
    found = []
    for part in form.parts:
        if isinstance(part, Question):
            found.append((part.text, [(a.code, a.label) for a in part.answers]))
        if isinstance(part, AnswerLine):
            answers = [(a.code, a.label) for a in part.answers]
            found += [(question.text, answers) for question in part.questions]
    return found


def declared(field: Field, language: str) -> tuple[str, list[tuple[str, str]]]:
    choices = field.choices.choices if field.choices else ()
    return field.header[language], [(c.code, c.label[language]) for c in choices]


def others(instrument: Instrument) -> list[Field]:
    return [f for f in instrument.row_fields if f.name != instrument.identity.respondent]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_every_question_in_order_with_every_code(
    language: str, published: Study, study: Study
) -> None:
    for of in (published, study):
        for instrument in of.instruments.values():
            form = paper_form(instrument, of, Language(language))
            assert shown(form) == [declared(field, language) for field in others(instrument)]
            who = instrument.identity.respondent
            asked = form.code.text if form.code else None
            assert asked == (instrument.field(who).header[language] if who else None)


def test_the_code_has_a_box_a_sign_and_no_sign_of_anybody_in_it(published, pupil, study):
    child = published.instruments["child_questionnaire"]
    form = paper_form(child, published, Language("ru"))
    assert form.code is not None and form.code.shape == "00-00000-0"
    plain = paper_form(pupil, study, Language("ru")).code
    assert plain is not None and set(plain.shape) == {"_"}


def test_what_is_written_by_hand_has_boxes_in_its_shape(published):
    form = paper_form(published.instruments["child_questionnaire"], published, Language("en"))
    shapes = {part.text: part.shape for part in form.parts if isinstance(part, Question)}
    assert shapes["Date"] == "0000-00-00"
    assert shapes["Sessions attended"] == "00"  # at most 60
    assert shapes["Consent version"] == "0000"  # no most
    assert shapes["Site code"] == "S00000"
    assert shapes["Sex"] == ""


def test_glasses_fill_from_the_least_to_the_most_and_non_answers_have_none(published, pupil, study):
    form = paper_form(published.instruments["child_questionnaire"], published, Language("en"))
    (line,) = [part for part in form.parts if isinstance(part, AnswerLine)]
    assert [a.filled for a in line.answers] == [0, 0.25, 0.5, 0.75, 1, None, None]
    assert [question.number for question in line.questions] == list(range(1, 31))
    (plain,) = [
        part
        for part in paper_form(pupil, study, Language("en")).parts
        if isinstance(part, AnswerLine)
    ]
    assert {answer.filled for answer in plain.answers} == {None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_aloud_stands_before_the_question_of_assent(language, published):
    child = published.instruments["child_questionnaire"]
    parts = paper_form(child, published, Language(language)).parts
    (place,) = [n for n, part in enumerate(parts) if isinstance(part, Aloud)]
    assert parts[place] == Aloud(child.introduction.text[language])
    following = parts[place + 1]
    assert isinstance(following, Question)
    assert following.text == child.field("assent_child").header[language]


def letters(text: str) -> str:
    """Without what the end of a line may change: spaces and hyphens."""
    return re.sub(r"[\s-]", "", text)


def read_back(content: bytes) -> str:
    """The letters of the PDF in the order of the page."""
    words = subprocess.run(
        [READER, "-raw", "-", "-"], input=content, capture_output=True, check=True
    )
    return letters(words.stdout.decode())


@pytest.mark.skipif(READER is None, reason="no pdftotext here to read the PDF with")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_says_every_text_in_order(language, published, study):
    for of in (published, study):
        for instrument in of.instruments.values():
            text = read_back(build_paper(instrument, of, language))
            at = 0
            for field in others(instrument):
                header, choices = declared(field, language)
                at = text.index(letters(header), at) + len(letters(header))
                if not field.item:
                    for code, label in choices:
                        said = letters(label if label == code else f"{code} {label}")
                        at = text.index(said, at) + len(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_tagged_titled_and_the_same_every_time(language, pupil, study):
    made = build_paper(pupil, study, language)
    assert made.startswith(b"%PDF-1.")
    assert made == build_paper(pupil, study, language)
    for sign in (b"/MarkInfo", b"/StructTreeRoot", b"pdfuaid"):
        assert sign in made
    assert re.search(rb"/Lang ?\((\w+)\)", made)[1].decode() == language
