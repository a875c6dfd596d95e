"""What a sign in a number's place means, for a page that stands alone: only the signs on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluation.language import Language
from evaluation.release.disclosure import Mark
from evaluation.release.report.blocks import Block, Figure, KeyNumbers


def signs_on(blocks: Iterable[Block], say: Language) -> str:
    """A sentence a sign, each behind a blank; "" where every number is there."""
    said = set(_numbers(blocks))
    found = (mark for mark in Mark if any(f"[{mark}]" in text for text in said))
    return "".join(f" [{mark}] {say(f'report.mark.{mark}')}" for mark in found)


def _numbers(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, KeyNumbers):
            for item in block.items:
                yield from (item.value, *item.details)
        if isinstance(block, Figure):
            yield from (c for g in block.table.groups for row in g.rows for c in row.cells)
