"""Notes that stand behind a table or a figure, made part of it: on paper, a page may end between.

On a screen nothing ends between them, so the page in HTML has no need of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from evaluation.release.report.blocks import Block, Figure, Note, Table


def with_notes(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The same words in the same order."""
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Note) and made and isinstance(made[-1], Table | Figure):
            made[-1] = replace(made[-1], notes=(*made[-1].notes, block.text))
        else:
            made.append(block)
    return tuple(made)
