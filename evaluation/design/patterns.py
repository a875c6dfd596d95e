"""The regular expressions of a study: only such as are always over at once.

Python tries every way in which repeats inside repeats can share out a text; thirty letters in one
cell are then enough for hours. Whoever writes a study need not know that; the file is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from evaluation.design.reading import Node

MOST = 100
"""Times that a part may repeat and still count as bounded: no code is longer."""

MOST_CHOICES = 5

REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def read_pattern(node: Node) -> str | None:
    if node.value is None:
        return None
    try:
        re.compile(node.text())
    except (re.error, OverflowError):
        raise node.fail("not_a_pattern") from None
    if never_ends(node.text()):
        raise node.fail("pattern_never_ends")
    return node.text()


def never_ends(pattern: str) -> bool:
    """Whether some text could keep it busy: a choice inside a repeat, two repeats that know no end,
    a reference back, or many choices one after the other. Refuses some that are harmless."""
    parser = import_module("re._parser")
    steps = list(_steps(parser.parse(pattern), inside=False))
    endless, choices = steps.count("endless"), len(steps)
    return bool({"nested", "back"}.intersection(steps)) or endless > 1 or choices > MOST_CHOICES


def _steps(parsed: Any, *, inside: bool) -> Iterator[str]:
    """A word for each place where there is more than one way to go on."""
    for name, argument in parsed:
        said = str(name)
        if said in REPEATS:
            yield from _repeat(*argument, inside=inside)
        elif said == "BRANCH":
            yield "nested" if inside else "choice"
            for branch in argument[1]:
                yield from _steps(branch, inside=inside)
        elif said.startswith("GROUPREF"):
            yield "back"
        else:
            yield from _within(argument, inside=inside)


def _repeat(low: int, high: int, body: Any, *, inside: bool) -> Iterator[str]:
    if low != high:
        within = "endless" if int(high) > MOST else "choice"
        yield "nested" if inside else within
    yield from _steps(body, inside=inside or int(high) > 1)


def _within(argument: Any, *, inside: bool) -> Iterator[str]:
    """The parts of groups and of looks ahead; anything else has none."""
    last = argument[-1] if isinstance(argument, tuple) and argument else None
    if type(last).__name__ == "SubPattern":
        yield from _steps(last, inside=inside)
