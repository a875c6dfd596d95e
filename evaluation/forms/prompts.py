"""What Excel shows beside a cell and which list it offers: one validation rule for each field."""

from __future__ import annotations

from datetime import date

from evaluation.design import Choices, Field, FieldType, Study
from evaluation.forms.examples import example_of
from evaluation.language import Language

# Excel's own limits; xlsxwriter leaves a longer rule out.
LONGEST_LIST = 255
LONGEST_PROMPT = 255
LONGEST_TITLE = 32

EARLIEST = date(2000, 1, 1)
"""Before it, a date typed into a form of these studies is a slip of the pen."""


def validation_of(field: Field, study: Study, say: Language) -> dict[str, object]:
    """The rule as xlsxwriter's `data_validation` takes it."""
    return _limits(field) | {
        "ignore_blank": True,
        "input_title": _clipped(say.text(field.header), LONGEST_TITLE),
        "input_message": _clipped(prompt_of(field, study, say), LONGEST_PROMPT),
        "error_title": _clipped(say("template.error_title"), LONGEST_TITLE),
        "error_message": _clipped(say("template.error_message"), LONGEST_PROMPT),
        "error_type": "stop",
    }


def prompt_of(field: Field, study: Study, say: Language) -> str:
    if field.choices is not None:
        answers = answers_of(field.choices, say)
        several = field.type is FieldType.MULTIPLE
        return say("template.several", answers=answers) if several else answers
    if field.type is FieldType.DATE:
        return say("template.date", example=example_of(field, study))
    if field.type is FieldType.INTEGER:
        return _whole_number(field, say)
    example = example_of(field, study)
    return say("template.like", example=example) if example else say("template.text")


def answers_of(choices: Choices, say: Language) -> str:
    """`1 = yes; 0 = no`; a code that is its own label stands alone."""
    return "; ".join(
        c.code if say.text(c.label) == c.code else f"{c.code} = {say.text(c.label)}"
        for c in choices.choices
    )


def _whole_number(field: Field, say: Language) -> str:
    if field.minimum is None:
        return say("template.whole")
    if field.maximum is None:
        return say("template.whole_from", low=field.minimum)
    return say("template.whole_between", low=field.minimum, high=field.maximum)


def _limits(field: Field) -> dict[str, object]:
    if field.type is FieldType.CODE and field.choices and _fits(field.choices):
        return {"validate": "list", "source": list(field.choices.codes)}
    if field.type is FieldType.DATE:
        return {"validate": "date", "criteria": ">=", "value": EARLIEST}
    if field.type is FieldType.INTEGER:
        low = -32768 if field.minimum is None else field.minimum  # answers are 16-bit integers
        high = 32767 if field.maximum is None else field.maximum
        return {"validate": "integer", "criteria": "between", "minimum": low, "maximum": high}
    return {"validate": "any"}


def _fits(choices: Choices) -> bool:
    return len(",".join(choices.codes)) <= LONGEST_LIST


def _clipped(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
