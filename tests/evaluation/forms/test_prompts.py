from __future__ import annotations

import dataclasses

import pytest

from evaluation.design import Choice, Choices, Field, FieldType, Level, Need, Study
from evaluation.forms.prompts import LONGEST_PROMPT, LONGEST_TITLE, prompt_of, validation_of
from evaluation.language import Language

EN = Language("en")
YES_NO = Choices("yesno", (Choice("1", {"en": "yes"}), Choice("0", {"en": "no"})))
BARE = Choices("group", (Choice("1", {"en": "1"}), Choice("2", {"en": "2"})))


def field(kind: FieldType, **said: object) -> Field:
    plain = Field("x", Level.ROW, kind, Need.OPTIONAL, {"en": "A column"})
    return dataclasses.replace(plain, **said)  # type: ignore[arg-type]


PROMPTS = [
    (field(FieldType.CODE, choices=YES_NO), "1 = yes; 0 = no"),
    (field(FieldType.CODE, choices=BARE), "1; 2"),
    (
        field(FieldType.MULTIPLE, choices=YES_NO),
        "Several codes may be given, with a space between them: 1 = yes; 0 = no",
    ),
    (
        field(FieldType.DATE),
        "A date without time, year-month-day, for example 2022-03-01",
    ),
    (field(FieldType.INTEGER), "A whole number"),
    (field(FieldType.INTEGER, minimum=1), "A whole number, 1 or more"),
    (field(FieldType.INTEGER, minimum=3, maximum=60), "A whole number from 3 to 60"),
    (field(FieldType.TEXT, pattern=r"S\d{5}"), "Written like this: S00000"),
    (field(FieldType.TEXT, pattern=r"[a-z]\d+"), "A short text"),
    (field(FieldType.TEXT), "A short text"),
    (
        field(FieldType.TEXT, pattern=r"\d{2}-\d{5}-\d", check="child_code"),
        "Written like this: 00-00000-7",
    ),
]


@pytest.mark.parametrize(("asked", "prompt"), PROMPTS)
def test_the_hint_says_all_that_is_allowed(asked: Field, prompt: str, study: Study) -> None:
    assert prompt_of(asked, study, EN) == prompt


LIMITS = [
    (field(FieldType.INTEGER, minimum=3, maximum=60), "integer", 3, 60),
    (field(FieldType.INTEGER), "integer", -32768, 32767),
]


@pytest.mark.parametrize(("asked", "kind", "low", "high"), LIMITS)
def test_a_number_is_kept_within_its_limits(
    asked: Field, kind: str, low: int, high: int, study: Study
) -> None:
    rule = validation_of(asked, study, EN)
    assert (rule["validate"], rule["minimum"], rule["maximum"]) == (kind, low, high)


def test_several_answers_in_one_cell_have_no_drop_down(study: Study) -> None:
    rule = validation_of(field(FieldType.MULTIPLE, choices=YES_NO), study, EN)
    assert rule["validate"] == "any"


def test_a_list_too_long_for_excel_becomes_a_hint_and_hints_are_cut(study: Study) -> None:
    many = Choices("many", tuple(Choice(f"code{n:04d}", {"en": f"word {n}"}) for n in range(60)))
    asked = field(FieldType.CODE, choices=many, header={"en": "A very long question " * 5})
    rule = validation_of(asked, study, EN)
    assert rule["validate"] == "any"
    assert len(str(rule["input_message"])) == LONGEST_PROMPT
    assert str(rule["input_message"]).endswith("…")
    assert len(str(rule["input_title"])) == LONGEST_TITLE


def test_a_study_without_dates_still_shows_one(study: Study) -> None:
    waves = tuple(dataclasses.replace(wave, start=None) for wave in study.waves)
    undated = dataclasses.replace(study, waves=waves)
    assert prompt_of(field(FieldType.DATE), undated, EN).endswith("2022-11-14")
