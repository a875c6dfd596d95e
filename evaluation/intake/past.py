"""What is remembered when a file is judged: the file that it corrects, and what was explained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evaluation.intake.opened import Opened
from evaluation.records.findings import Finding

Explained = Callable[[str], bool]
"""The subject of an explanation → whether somebody has given one before."""


def nothing_explained(subject: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Past:
    """`opened` and `findings` are those of the batch that this one corrects; `opened` is None
    where there is none, or its bytes are no longer kept."""

    corrects: bool = False
    opened: Opened | None = None
    findings: tuple[Finding, ...] = ()
    explained: Explained = nothing_explained


NO_PAST = Past()
