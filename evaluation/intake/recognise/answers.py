"""A column of typed texts → the answers they mean, once a distinct text.

Whether an answer is allowed is not asked here: a text that no answer line knows is handed on as it
stands, and the validation says what is wrong with it. Here ends only what cannot be handed on: a
date that is none, a name that two regions bear.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.design import Choices, Field, FieldType
from evaluation.intake.reading.sheets import Column
from evaluation.intake.recognise.dates import translate_date
from evaluation.intake.recognise.folding import code_text, plain, twins
from evaluation.intake.recognise.translation import Translation

_WHOLE = re.compile(r"[+-]?\d{1,9}")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(T.*)?")


@dataclass(frozen=True, slots=True)
class Answers:
    """One field of all rows: `meant[codes[i]]` is the answer of row i; `meant[0]` is none."""

    field: Field
    column: int
    meant: tuple[Translation, ...]
    codes: NDArray[np.int32]

    def texts(self) -> NDArray[np.object_]:
        """A row's answer as text, None where there is none."""
        distinct = np.array([each.text for each in self.meant], dtype=object)
        return np.asarray(distinct[self.codes], dtype=object)

    def series(self, rows: NDArray[np.bool_], dtype: str) -> pd.Series:
        """The answers of some rows, converted once a distinct answer: "str" or "Int16"."""
        distinct = pd.array([each.text for each in self.meant], dtype="str")
        if dtype == "str":
            return pd.Series(distinct.take(self.codes[rows]))
        used = np.unique(self.codes[rows])
        # Only answers that are used are numbers for sure; others may be what nobody could read.
        numbers: list[int | None] = [None] * len(self.meant)
        for number in used.tolist():
            text = self.meant[number].text
            numbers[number] = None if text is None else int(text)
        return pd.Series(numbers, dtype="Int16").take(self.codes[rows]).reset_index(drop=True)

    def where(self, distinct: int) -> NDArray[np.int64]:
        return np.flatnonzero(self.codes == distinct)


def recognise(field: Field, column: Column, place: int, *, date_1904: bool = False) -> Answers:
    translate = translator(field, date_1904=date_1904)
    meant = (Translation(None), *(translate(text) for text in column.texts[1:]))
    return Answers(field, place, meant, column.codes)


def translator(field: Field, *, date_1904: bool = False) -> Callable[[str], Translation]:
    match field.type:
        case FieldType.CODE:
            return _code_translator(field)
        case FieldType.MULTIPLE:
            return _multiple_translator(field)
        case FieldType.DATE:
            return lambda text: translate_date(text, date_1904=date_1904)
        case FieldType.INTEGER:
            return _whole
        case FieldType.TEXT:
            return _text_translator(field)
        case _:
            assert_never(field.type)


def _code_translator(field: Field) -> Callable[[str], Translation]:
    assert field.choices is not None
    lookups = tuple((fold, _codes_by_word(field.choices, fold)) for fold in (plain, twins))

    def translate(text: str) -> Translation:
        for word in (text, _without_zeros(text)):
            for fold, codes in lookups:
                found = codes.get(fold(word), frozenset())
                if len(found) == 1:
                    return Translation(next(iter(found)))
                if found:
                    return Translation(None, "ambiguous_answer")
        # Excel reads "10-12" as the tenth of December.
        return Translation(None, "date_for_code") if _ISO.fullmatch(text) else Translation(text)

    return translate


def _codes_by_word(choices: Choices, fold: Callable[[str], str]) -> dict[str, frozenset[str]]:
    """A code means itself, whatever else is called so. Almaty, the name of the city, is not only
    its name: it means no one region, because people call another so."""
    named: dict[str, frozenset[str]] = {}
    for choice in choices.choices:
        for word in (*choice.label.values(), *choice.aliases):
            named[fold(word)] = named.get(fold(word), frozenset()) | {choice.code}
    return named | {fold(code): frozenset({code}) for code in choices.codes}


def _without_zeros(text: str) -> str:
    """ "3.0" and "3,0" are what programmes make of 3."""
    whole, mark, rest = text.replace(",", ".").partition(".")
    return whole if mark and whole and not rest.strip("0") else text


def _multiple_translator(field: Field) -> Callable[[str], Translation]:
    """Codes joined by spaces, in declared order. Labels may hold spaces themselves."""
    assert field.choices is not None
    order = field.choices.codes
    one = _codes_by_word(field.choices, plain)
    longest = max(len(word.split()) for word in one)

    def translate(text: str) -> Translation:
        chosen: set[str] = set()
        words = plain(text).split()
        while words:
            for length in range(min(longest, len(words)), 0, -1):
                if len(found := one.get(" ".join(words[:length]), frozenset())) == 1:
                    chosen |= found
                    words = words[length:]
                    break
            else:
                return Translation(text)
        return Translation(" ".join(code for code in order if code in chosen))

    return translate


def _whole(text: str) -> Translation:
    number = _without_zeros("".join(text.split()))
    if not _WHOLE.fullmatch(number):
        return Translation(None, "not_a_whole_number")
    return Translation(str(int(number)))


def _text_translator(field: Field) -> Callable[[str], Translation]:
    if field.pattern is None:
        return lambda text: Translation(" ".join(text.split()))
    pattern = re.compile(field.pattern)

    def translate(text: str) -> Translation:
        if pattern.fullmatch(text):
            return Translation(text)
        meant = code_text(text)
        return Translation(next((w for w in (meant, meant.upper()) if pattern.fullmatch(w)), text))

    return translate
