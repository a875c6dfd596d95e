"""What the report makes of a dataset, as its instrument file declares it: data, never code.

A kind says how a number comes about; which fields go into it, for whom, and what it is called in
each language stands in the file. So one more dataset is one more file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaluation.design.questionnaires import Texts


class Grain(StrEnum):
    """What one row of a dataset is."""

    RESPONDENT = "respondent"  # a person, in a wave
    EVENT = "event"  # something that happened, or was agreed
    AGGREGATE = "aggregate"  # sums over a group of people in a period


class Part(StrEnum):
    """The part of the report (domain.md §3.5, 8.4 to 8.7, and the work around them)."""

    DELIVERY = "delivery"
    SPECIALISTS = "specialists"
    SCHOOL = "school"
    SERVICES = "services"
    PARTNERS = "partners"


class Kind(StrEnum):
    COUNT = "count"  # rows: people, or things that happened
    SUM = "sum"  # people, added up over rows
    SHARE = "share"  # a part of a whole, with a Wilson interval
    MEAN = "mean"  # of a field over rows
    PAIRED = "paired"  # two answers of the same person: means, difference, interval


@dataclass(frozen=True, slots=True)
class Topic:
    """One line of a table: the field it is made of (two, where answers are paired)."""

    fields: tuple[str, ...]
    label: Texts


@dataclass(frozen=True, slots=True)
class Indicator:
    """One table of the report.

    `where`: only rows whose field holds one of these codes. `by`: a line for each code of these
    fields, at most two. `total`: whether the lines of `by` add up to something. `part`, `whole`,
    `less`: fields that are added up, the last taken off the whole; `of`: the part is the rows
    with one of these codes, the whole the rows with any answer. `ends`: what the two answers of a
    pair are called. `reached`: the mark that counts as passed. `delivered`: codes of `by` that
    count as held, to stand beside what the register of sites plans. `reference`: somebody else's
    figure to stand beside it.
    """

    id: str
    kind: Kind
    title: Texts
    topics: tuple[Topic, ...] = ()
    part: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by: tuple[str, ...] = ()
    total: bool = True
    ends: tuple[Texts, ...] = ()
    reached: int | None = None
    delivered: tuple[str, ...] = ()
    figure: bool = False
    reference: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field it looks at, once."""
        asked = (name for topic in self.topics for name in topic.fields)
        every = (*asked, *self.part, *self.whole, *self.less, *self.of, *self.where, *self.by)
        return tuple(dict.fromkeys(every))


@dataclass(frozen=True, slots=True)
class Change:
    """What a version of an instrument changed in the one before."""

    version: int
    text: Texts


@dataclass(frozen=True, slots=True)
class Published:
    """Whose scale it is, and by what right the study asks it. All of it must be filled in."""

    holder: str
    licence: str
    permission: str
