"""The sentences that no report may leave out (domain.md §3.5), and whether they are there."""

from __future__ import annotations

from collections.abc import Iterable

from evaluation.language import Language
from evaluation.release.report.blocks import Section, Statement

MANDATORY = ("M1", "M2", "M3", "M4", "M5", "M6")

WRITTEN_MINIMUM = 10
"""The number that stands in M2 as the programme wrote it; others need another sentence."""


def statement(id: str, say: Language, *, minimum: int) -> Statement:
    key = f"report.statement.{id}"
    if id == "M2" and minimum != WRITTEN_MINIMUM:
        return Statement(id, say(f"{key}.other", minimum=minimum))
    return Statement(id, say(key))


def missing_statements(sections: Iterable[Section]) -> tuple[str, ...]:
    said = {
        block.id for section in sections for block in section.blocks if isinstance(block, Statement)
    }
    return tuple(id for id in MANDATORY if id not in said)
