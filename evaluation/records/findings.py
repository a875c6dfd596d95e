"""What was found in a delivered file: which rule, where, how bad. Never a cell's value."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    MUST_FIX = "must_fix"
    PLEASE_CHECK = "please_check"
    INFORMATION = "information"


class Effect(StrEnum):
    """What the finding does to the data; severity is what it asks of the sender."""

    REFUSE = "refuse"  # the whole batch stays out
    WAIT = "wait"  # the whole batch stays locked until somebody else has done something
    HOLD = "hold"  # this row stays out until it is mended
    BLANK = "blank"  # this one answer counts as missing
    NOTE = "note"  # nothing stays out


@dataclass(frozen=True, slots=True)
class Finding:
    """`rule` names the messages `rule.<rule>` (what is wrong) and `rule.<rule>.fix` (what to do).

    `sheet` counts from 1 (None: the file has no sheets); `row` is the number that Excel shows
    beside the row; `column` is the letter that Excel shows above it. `field` is the field's
    name in the instrument, where it is known. `values` fill the message in and hold only what
    the study or the programme says (allowed codes, limits, counts), never what was typed.
    """

    rule: str
    severity: Severity
    effect: Effect
    sheet: int | None = None
    row: int | None = None
    column: str | None = None
    field: str | None = None
    values: Mapping[str, str | int] = dataclasses.field(default_factory=dict)

    @property
    def message(self) -> str:
        """The key of the sentence that says what is wrong; with `.fix`, of what to do. A finding
        whose `values` name a `kind` has a sentence for that kind."""
        kind = self.values.get("kind")
        return f"rule.{self.rule}.{kind}" if kind else f"rule.{self.rule}"
