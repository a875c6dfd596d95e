"""What is asked: answer lines, fields, instruments, and the scales made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from evaluation.design.indicators import Change, Grain, Indicator, Part, Published

Texts = Mapping[str, str]
"""One text in each of the study's languages: {"en": …, "ru": …, "kk": …}."""


class Level(StrEnum):
    """Whether a field is said once for the whole batch or once a row."""

    BATCH = "batch"
    ROW = "row"


class FieldType(StrEnum):
    INTEGER = "integer"
    CODE = "code"
    MULTIPLE = "multiple"
    DATE = "date"
    TEXT = "text"


class Need(StrEnum):
    """What happens where a field's cell is empty."""

    REQUIRED = "required"  # the row is held (a batch field: the batch is refused)
    OPTIONAL = "optional"  # nothing
    EXPECTED = "expected"  # counted as missing: items, and fields needed only in some rows


@dataclass(frozen=True, slots=True)
class Choice:
    """One code of an answer line: `code` as it is stored and exported, `value` as a number.

    `missing` marks the legal non-answers (do not know, do not want to say): stored as they
    are, never counted as an answer.
    """

    code: str
    label: Texts
    missing: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def value(self) -> int | None:
        return int(self.code) if self.code.lstrip("-").isdigit() else None


@dataclass(frozen=True, slots=True)
class Choices:
    id: str
    choices: tuple[Choice, ...]

    @property
    def numeric(self) -> bool:
        return all(choice.value is not None for choice in self.choices)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(choice.code for choice in self.choices)

    @property
    def missing_values(self) -> frozenset[int]:
        return frozenset(c.value for c in self.choices if c.missing and c.value is not None)

    @property
    def valid_values(self) -> tuple[int, ...]:
        return tuple(c.value for c in self.choices if not c.missing and c.value is not None)


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a questionnaire, or one line of a batch card.

    `name` is a database identifier. `choices` is set for CODE and MULTIPLE. `item` marks the
    questions that scales are made of. `check` names a rule of `intake` that a pattern cannot
    say (a check digit). Sensitivity: S0 open … S3 restricted table.
    """

    name: str
    level: Level
    type: FieldType
    need: Need
    header: Texts
    sensitivity: str = "S1"
    purpose: str = ""
    choices: Choices | None = None
    minimum: int | None = None
    maximum: int | None = None
    pattern: str | None = None
    check: str | None = None
    aliases: tuple[str, ...] = ()
    item: bool = False

    @property
    def restricted(self) -> bool:
        return self.sensitivity == "S3"

    @property
    def numeric(self) -> bool:
        """Stored as a small integer rather than as text."""
        if self.type is FieldType.CODE:
            assert self.choices is not None
            return self.choices.numeric
        return self.type is FieldType.INTEGER


@dataclass(frozen=True, slots=True)
class Identity:
    """Which fields say who, where and when. None: the file does not say.

    respondent None: every row is another person, known by its place in the batch.
    region, wave None: said when the batch is sent, or the study has only one.
    entry: where a row is nobody's, the fields that tell which entry it is; the same entry in
    another file is the same one again. period: first and last day that a row is about.
    """

    respondent: str | None = None
    region: str | None = None
    wave: str | None = None
    site: str | None = None
    entry: tuple[str, ...] = ()
    period: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consent:
    """Row fields that must all hold `given` before a row's answers may be stored."""

    fields: tuple[str, ...] = ()
    given: str = "1"


@dataclass(frozen=True, slots=True)
class Introduction:
    """What is read aloud before the question `before`."""

    text: Texts
    before: str


@dataclass(frozen=True, slots=True)
class Instrument:
    id: str
    version: int
    title: Texts
    fields: tuple[Field, ...]
    identity: Identity
    consent: Consent = Consent()
    forbidden_headers: tuple[str, ...] = ()
    ignored_headers: tuple[str, ...] = ()
    introduction: Introduction | None = None
    pictured: frozenset[str] = frozenset()  # answer lines that the paper form also draws
    grain: Grain = Grain.RESPONDENT
    part: Part | None = None  # of the report
    indicators: tuple[Indicator, ...] = ()
    changes: tuple[Change, ...] = ()
    published: Published | None = None
    digest: str = ""  # of all that the file asks, and not of what the report makes of it

    @property
    def batch_fields(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.level is Level.BATCH)

    @property
    def row_fields(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.level is Level.ROW)

    @property
    def items(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.item)

    def field(self, name: str) -> Field:
        return next(f for f in self.fields if f.name == name)

    def has(self, name: str | None) -> bool:
        return any(f.name == name for f in self.fields)


@dataclass(frozen=True, slots=True)
class Scale:
    """Items averaged into one number, after reversing those that point the other way."""

    id: str
    instrument: str
    name: Texts
    items: tuple[str, ...]
    reversed: frozenset[str]
    low: int
    high: int
    min_answered: int
    role: str
    position: int = 0
