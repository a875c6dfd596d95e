"""The columns of a table that lays two reports side by side: then, and now."""

from __future__ import annotations

from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.blocks import Align, Column


def change_columns(facts: ReleasedFacts, say: Language, *, first: str) -> tuple[Column, ...]:
    """`first`: what the rows are, a message `report.column.<first>`. Days, not moments: two
    reports of one day say so by their hours in the sentence above."""
    assert facts.previous is not None
    days = (facts.previous.cut_off.date(), facts.provenance.cut_off.date())
    then, now = (
        Column(say(f"report.column.{name}", day=day))
        for name, day in zip(("then", "now"), days, strict=True)
    )
    return Column(say(f"report.column.{first}"), Align.TEXT), then, now
