"""The printed form: A4, large type, a box for the code, and the answer lines to mark by hand.

The page is laid out by typst from data alone; no text of the study is ever read as markup. The
order is that of the instrument, and so of the template: who types goes down the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from evaluation.design import Choices, Field, FieldType, Instrument, Study
from evaluation.forms.examples import example_of
from evaluation.language import Language

TEMPLATE = Path(__file__).parent / "templates" / "paper.typ"

MADE_ON = datetime(2022, 1, 1, tzinfo=UTC)
"""Instead of the clock, so that equal contents are equal bytes; archives ask for some date."""

WRITTEN_LINE = "_" * 12
"""Boxes for what has no form of its own."""
DAY = "0000-00-00"


@dataclass(frozen=True, slots=True)
class Answer:
    """`filled`: how full its glass is drawn, 0 to 1; None: it is not drawn."""

    code: str
    label: str
    filled: float | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Answers to tick, or boxes in the shape of what is written: a 0 is an empty box."""

    text: str
    answers: tuple[Answer, ...] = ()
    shape: str = ""
    kind: str = "question"


@dataclass(frozen=True, slots=True)
class Aloud:
    text: str
    kind: str = "aloud"


@dataclass(frozen=True, slots=True)
class Numbered:
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """Questions that share their answers, as one table whose head stands on every page."""

    answers: tuple[Answer, ...]
    questions: tuple[Numbered, ...]
    kind: str = "line"


Part = Question | Aloud | AnswerLine


@dataclass(frozen=True, slots=True)
class Form:
    title: str
    language: str
    edition: str
    note: str
    aloud: str
    thanks: str
    code: Question | None
    parts: tuple[Part, ...]


def build_paper(instrument: Instrument, study: Study, language: str) -> bytes:
    """A PDF for A4, the same bytes for the same study and language."""
    import typst

    form = paper_form(instrument, study, Language(language))
    made = typst.compile(
        str(TEMPLATE),
        format="pdf",
        font_paths=[str(_fonts())],
        ignore_system_fonts=True,
        sys_inputs={"form": json.dumps(asdict(form), ensure_ascii=False)},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=MADE_ON,
    )
    assert isinstance(made, bytes)
    return made


def paper_form(instrument: Instrument, study: Study, say: Language) -> Form:
    who = instrument.identity.respondent
    return Form(
        title=say.text(instrument.title),
        language=say.code,
        edition=say("paper.edition", version=instrument.version),
        note=say("codes.no_names"),
        aloud=say("paper.aloud"),
        thanks=say("paper.thanks"),
        code=_question(instrument.field(who), study, say) if who else None,
        parts=tuple(_parts(instrument, study, say)),
    )


def _parts(instrument: Instrument, study: Study, say: Language) -> Iterator[Part]:
    number = 0
    fields = [f for f in instrument.row_fields if f.name != instrument.identity.respondent]
    for line, group in groupby(fields, key=lambda field: field.choices if field.item else None):
        if line is None:
            for field in group:
                if (said := instrument.introduction) and said.before == field.name:
                    yield Aloud(say.text(said.text))
                yield _question(field, study, say)
        else:
            asked = tuple(Numbered(n, say.text(f.header)) for n, f in enumerate(group, number + 1))
            number += len(asked)
            yield AnswerLine(_answers(line, say, drawn=line.id in instrument.pictured), asked)


def _question(field: Field, study: Study, say: Language) -> Question:
    answers = _answers(field.choices, say, drawn=False) if field.choices else ()
    return Question(say.text(field.header), answers, "" if answers else _shape(field, study))


def _answers(line: Choices, say: Language, *, drawn: bool) -> tuple[Answer, ...]:
    """Non-answers have no glass: they are not less than the least."""
    full = [choice.code for choice in line.choices if not choice.missing] if drawn else []
    steps = max(len(full) - 1, 1)
    return tuple(
        Answer(c.code, say.text(c.label), full.index(c.code) / steps if c.code in full else None)
        for c in line.choices
    )


def _shape(field: Field, study: Study) -> str:
    if field.type is FieldType.DATE:
        return DAY
    if field.type is FieldType.INTEGER:
        return "0" * len(str(field.maximum if field.maximum is not None else 9999))
    return re.sub(r"\d", "0", example_of(field, study)) or WRITTEN_LINE


def _fonts() -> Path:
    """DejaVu Sans, which has all Kazakh letters, lies in matplotlib's own folder."""
    found = find_spec("matplotlib")
    assert found is not None and found.origin is not None
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
