"""What is known beyond the file itself: whom the programme must leave out, what people confirmed.

Handed to the gate as plain values and questions, so that the gate knows no store; a gate that is
handed nothing judges the file by itself alone.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

RememberedColumns = Mapping[str, Mapping[str, str]]
"""Digest of a source → digest of a header → name of the field; see `recognise.remembered`."""

OfThese = Callable[[Collection[str]], frozenset[str]]


def none_of_these(_: Collection[str]) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """`withdrawn`: which of these have withdrawn. `codes`: which of these codes were given out or
    have answers. `today`: until when consents must last (None: until the day of the answers)."""

    columns: RememberedColumns = dataclasses.field(default_factory=dict)
    withdrawn: OfThese = none_of_these
    codes: OfThese = none_of_these
    today: date | None = None


NOTHING = Known()
