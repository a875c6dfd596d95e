"""A form of ours on its way to a server: what it is, and what became of it there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evaluation.design import Instrument

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class OwnForm:
    """`content` is the XLSForm; `survey` and `choices` the lines of its sheets, column → text."""

    instrument: Instrument
    content: bytes
    survey: Sequence[Mapping[str, str]]
    choices: Sequence[Mapping[str, str]]

    @property
    def names(self) -> frozenset[str]:
        """Of its questions."""
        return frozenset(
            line["name"]
            for line in self.survey
            if line.get("name") and line["type"] != "begin_group"
        )


class Outcome(StrEnum):
    MADE = "made"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Deployed:
    """`form`: by what the server calls it, and `pull` asks for it."""

    outcome: Outcome
    form: str
