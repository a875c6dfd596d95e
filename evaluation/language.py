"""Words, plurals, numbers and dates in the reader's language: `Language("kk")("batch.rows", n=5)`.

One gettext catalogue a language (`messages/*.po`), keyed by message id. A catalogue names its
values; the format after the colon says how the language should write them:

    {n}          a whole number, grouped as the language groups
    {value:.2}   a number with two decimals        {value:+.2}  the same, always signed
    {share:%}    a share as whole percent          {day:date}   a date, long form
    {name}       text as it is

A message with plural forms chooses by its value `n`.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from string import Formatter

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from evaluation.errors import SettingsError

MESSAGES = Path(__file__).parent / "messages"
LOCALES = {"en": "en_GB"}
"""Which country's habits a language follows, where it matters: days before months."""

NO_VALUE = "–"
MINUS = "\u2212"


def languages() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in MESSAGES.glob("*.po")))


@dataclass(frozen=True, slots=True)
class Catalogue:
    texts: Mapping[str, tuple[str, ...]]
    plural: Callable[[int], int]


@cache
def catalogue(code: str) -> Catalogue:
    with (MESSAGES / f"{code}.po").open("rb") as file:
        read = read_po(file, locale=code)
    texts = {}
    for message in read:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            said = message.string or ""
            texts[key] = (said,) if isinstance(said, str) else tuple(said)
    plural = gettext.c2py(read.plural_expr)
    return Catalogue(texts, plural)


class Language:
    """`say(key, **values)` for one language; raises KeyError for a key nobody wrote."""

    def __init__(self, code: str) -> None:
        if code not in languages():
            raise SettingsError("unknown_language", code=code, known=", ".join(languages()))
        self.code = code
        self._locale = Locale.parse(LOCALES.get(code, code))
        self._catalogue = catalogue(code)
        self._formatter = _LocaleFormatter(self)

    def __call__(self, key: str, /, **values: object) -> str:
        forms = self._catalogue.texts[key]
        form = forms[self._catalogue.plural(_whole(values["n"]))] if len(forms) > 1 else forms[0]
        return self._formatter.vformat(form, (), values)

    def knows(self, key: str) -> bool:
        return key in self._catalogue.texts

    def number(self, value: float | None, decimals: int = 0, *, signed: bool = False) -> str:
        """A number as the language writes it; a typographic minus; a dash where there is none."""
        if value is None:
            return NO_VALUE
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        text = format_decimal(abs(value), format=pattern, locale=self._locale)
        zero = not re.search(r"[1-9]", text)
        if value < 0 and not zero:
            return MINUS + text
        return "+" + text if signed and not zero else text

    def percent(self, share: float | None) -> str:
        if share is None:
            return NO_VALUE
        return format_percent(share, locale=self._locale)

    def day(self, value: date) -> str:
        return format_date(value, format="long", locale=self._locale)

    def moment(self, value: datetime) -> str:
        """UTC to the minute, and it says so: in 2022 the country had two time zones."""
        return f"{self.day(value)}, {format_time(value, 'HH:mm', locale=self._locale)} UTC"

    def text(self, texts: Mapping[str, str]) -> str:
        """The study's own words (labels, names), in the study's first language if not in this."""
        return texts[self.code] if self.code in texts else next(iter(texts.values()))


def _whole(value: object) -> int:
    assert isinstance(value, int), f"plurals go by a whole number, not {value!r}"
    return value


class _LocaleFormatter(Formatter):
    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: object, format_spec: str) -> str:
        if value is None:
            return NO_VALUE
        if format_spec == "%":
            return self._language.percent(float(str(value)))
        if decimals := re.fullmatch(r"(\+?)\.(\d)", format_spec):
            number = float(str(value))
            return self._language.number(number, int(decimals[2]), signed=bool(decimals[1]))
        if isinstance(value, datetime):
            return self._language.moment(value)
        if isinstance(value, date):
            return self._language.day(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return self._language.number(value)
        return str(value)
