"""The words of the template's last sheet: what to do, the codes and their meaning, an example."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from evaluation.design import Field, Instrument, Study
from evaluation.forms.examples import example_of
from evaluation.forms.prompts import prompt_of
from evaluation.language import Language

STEPS = ("rows", "header", "lists", "empty", "dates", "card", "privacy", "worry")
"""`template.step.<step>`, in the order in which people need them."""


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    heading: bool = False


def instructions(instrument: Instrument, study: Study, say: Language) -> tuple[Line, ...]:
    return (
        Line(say.text(instrument.title), heading=True),
        *(Line(_step(number, step, say)) for number, step in enumerate(STEPS, start=1)),
        Line(say("template.codes_title"), heading=True),
        *_codes(instrument.batch_fields, study, say),
        *_codes(instrument.row_fields, study, say),
        Line(say("template.example_title"), heading=True),
        Line(say("template.example_note")),
        *_examples(instrument, study, say),
    )


def _step(number: int, step: str, say: Language) -> str:
    text = say(
        f"template.step.{step}",
        answers=say("template.sheet_answers"),
        card=say("template.sheet_card"),
    )
    return f"{number}. {text}"


def _codes(fields: tuple[Field, ...], study: Study, say: Language) -> Iterator[Line]:
    """A line a field; questions that share one answer line share one line of the sheet."""
    for (_, item), group in groupby(fields, key=lambda f: (f.choices if f.item else f, f.item)):
        first = next(group)
        name = say("template.questions") if item else say.text(first.header)
        yield Line(f"{name}: {prompt_of(first, study, say)}")


def _examples(instrument: Instrument, study: Study, say: Language) -> Iterator[Line]:
    for field in instrument.row_fields:
        if not field.item and (example := example_of(field, study)):
            yield Line(f"{say.text(field.header)} → {example}")
