"""The XLSForm of an instrument: what KoboToolbox and ODK need to ask its questions on a tablet.

Names and codes are those of the instrument, so that an export of the form comes back through the
gate without a mapping. The languages are all in one form; a limit is said where it is broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from itertools import groupby

from babel import Locale

from evaluation.design import Choices, Field, FieldType, Instrument, Need, Study, Texts
from evaluation.forms.limits import constraint_of
from evaluation.forms.prompts import prompt_of
from evaluation.language import Language

QUESTIONS = "questions"
"""The group of the items; ODK exports put it before their names, and the gate reads past it."""

MADE_ON = datetime(2022, 1, 1)
"""Instead of the clock, so that equal contents are equal bytes."""

KINDS = {
    FieldType.CODE: "select_one",
    FieldType.MULTIPLE: "select_multiple",
    FieldType.INTEGER: "integer",
    FieldType.DATE: "date",
    FieldType.TEXT: "text",
}
LONG_LIST = 10
"""More choices than this are folded into a list that opens, instead of filling the screen."""

Line = Mapping[str, str]
"""A line of a sheet: column → text; what is not there is an empty cell."""


def build_xlsform(instrument: Instrument, study: Study, language: str) -> bytes:
    """xlsx with the sheets survey, choices and settings; it opens in `language`."""
    from xlsxwriter import Workbook

    target = BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": Language(language).text(instrument.title), "created": MADE_ON})
    text = book.add_format({"num_format": "@"})
    for name, lines in form_sheets(instrument, study, language).items():
        sheet = book.add_worksheet(name)
        columns = list(dict.fromkeys(column for line in lines for column in line))
        for number, column in enumerate(columns):
            sheet.write_string(0, number, column, text)
            for row, line in enumerate(lines, start=1):
                if said := line.get(column):
                    sheet.write_string(row, number, said, text)
        sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()


def asked(instrument: Instrument) -> tuple[Field, ...]:
    """The questions of the form, in order: where and when first, for no card goes with a form."""
    once = (instrument.identity.region, instrument.identity.wave)
    return (*(f for f in instrument.batch_fields if f.name in once), *instrument.row_fields)


def form_sheets(
    instrument: Instrument, study: Study, language: str
) -> Mapping[str, Sequence[Line]]:
    """`survey`, `choices` and `settings`, line by line."""
    speakers = [Language(code) for code in study.languages]
    fields = asked(instrument)
    lists = {field.choices.id: field.choices for field in fields if field.choices}
    return {
        "survey": list(_survey(fields, instrument, study, speakers)),
        "choices": [line for each in lists.values() for line in _choices(each, speakers)],
        "settings": [_settings(instrument, Language(language))],
    }


def _survey(
    fields: Sequence[Field], instrument: Instrument, study: Study, speakers: Sequence[Language]
) -> Iterator[Line]:
    for is_item, group in groupby(fields, key=lambda field: field.item):
        lines = [_question(field, instrument, study, speakers) for field in group]
        if is_item:
            opening = {"type": "begin_group", "name": QUESTIONS, "relevant": _relevant(instrument)}
            titles = {_column("label", say): say("template.questions") for say in speakers}
            yield from ({**opening, **titles}, *lines, {"type": "end_group"})
        else:
            yield from lines


def _question(
    field: Field, instrument: Instrument, study: Study, speakers: Sequence[Language]
) -> Line:
    kind = KINDS[field.type]
    line: dict[str, str] = {
        "type": f"{kind} {field.choices.id}" if field.choices else kind,
        "name": field.name,
        **_texts("label", field.header, speakers),
        "required": "yes" if field.need is Need.REQUIRED else "",
        "constraint": constraint_of(field),
        "appearance": "minimal" if field.choices and len(field.choices.codes) > LONG_LIST else "",
    }
    if line["constraint"]:
        line |= {
            _column("constraint_message", say): prompt_of(field, study, say) for say in speakers
        }
    if (said := instrument.introduction) and said.before == field.name:
        line |= _texts("hint", said.text, speakers)
    return line


def _relevant(instrument: Instrument) -> str:
    """No question is shown before everything that must be agreed to is."""
    given = instrument.consent.given
    return " and ".join(f"${{{name}}} = '{given}'" for name in instrument.consent.fields)


def _choices(line: Choices, speakers: Sequence[Language]) -> Iterator[Line]:
    for choice in line.choices:
        said = _texts("label", choice.label, speakers)
        yield {"list_name": line.id, "name": choice.code, **said}


def _settings(instrument: Instrument, say: Language) -> Line:
    return {
        "form_title": say.text(instrument.title),
        "form_id": instrument.id,
        "version": str(instrument.version),
        "default_language": language_title(say.code),
    }


def _texts(column: str, texts: Texts, speakers: Sequence[Language]) -> Line:
    return {_column(column, say): say.text(texts) for say in speakers}


def _column(name: str, say: Language) -> str:
    return f"{name}::{language_title(say.code)}"


def language_title(code: str) -> str:
    """As the form's menu shows it and pyxform wants it: `қазақ тілі (kk)`."""
    return f"{Locale(code).get_display_name()} ({code})"
