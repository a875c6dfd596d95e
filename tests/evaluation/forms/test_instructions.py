from __future__ import annotations

import pytest

from evaluation.design import Instrument, Study
from evaluation.forms.instructions import STEPS, instructions
from evaluation.language import Language
from evaluation.records.codes import is_child_code


def said(instrument: Instrument, study: Study, language: str) -> list[str]:
    return [line.text for line in instructions(instrument, study, Language(language))]


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_code_of_every_column_is_explained(language: str, published: Study) -> None:
    for instrument in published.instruments.values():
        text = "\n".join(said(instrument, published, language))
        for field in instrument.fields:
            for choice in field.choices.choices if field.choices else ():
                label = choice.label[language]
                assert label == choice.code or f"{choice.code} = {label}" in text, field.name


def test_the_steps_come_first_and_are_numbered(pupil: Instrument, study: Study) -> None:
    lines = said(pupil, study, "en")
    assert lines[0] == "Pupil"
    assert [line.split(".")[0] for line in lines[1 : len(STEPS) + 1]] == [
        str(number) for number in range(1, len(STEPS) + 1)
    ]
    assert "“Answers”" in lines[1]


def test_questions_with_the_same_answers_are_explained_once(
    pupil: Instrument, study: Study
) -> None:
    assert sum(line.startswith("The questions:") for line in said(pupil, study, "en")) == 1


def test_the_example_is_well_formed_and_belongs_to_nobody(published: Study) -> None:
    lines = said(published.instruments["child_questionnaire"], published, "en")
    code = next(line for line in lines if line.startswith("Code →")).split(" → ")[1]
    assert is_child_code(code)
    assert code[:2] not in published.regions


def test_a_column_that_cannot_be_shown_has_no_example(pupil: Instrument, study: Study) -> None:
    examples = [line for line in said(pupil, study, "en") if " → " in line]
    assert "Sex → F" in examples
    assert not any(line.startswith("Code →") for line in examples)
