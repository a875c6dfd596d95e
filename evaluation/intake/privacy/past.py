"""Words that reveal a child's past; the list is data, `past.yaml` beside this file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from evaluation.intake.privacy.wordlists import listed

KIND = "past"


def may_hold(words: Collection[str]) -> bool:
    """Whether any of the distinct words, in small letters, is worth a closer look."""
    known, stems = beginnings()
    return not known.isdisjoint(words) or any(word.startswith(stems) for word in words)


def find(text: str) -> Iterator[int]:
    for pattern in patterns():
        for found in pattern.finditer(text):
            yield found.start()


@cache
def beginnings() -> tuple[frozenset[str], tuple[str, ...]]:
    """The first words of everything listed, and the beginnings of words."""
    lists = listed("past").values()
    whole = [w for each in lists for kind in ("words", "phrases", "names") for w in each[kind]]
    stems = [stem for each in lists for stem in each["stems"]]
    first = {re.split(r"\W", word.lower())[0] for word in (*whole, *(s for s in stems if "-" in s))}
    return frozenset(first), tuple(stem for stem in stems if "-" not in stem)


@cache
def patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """In letters of any size; with the capitals that are written."""
    lists = listed("past").values()
    whole = [re.escape(word) for each in lists for word in (*each["words"], *each["phrases"])]
    stems = [rf"{re.escape(stem)}\w*" for each in lists for stem in each["stems"]]
    names = [re.escape(name) for each in lists for name in each["names"]]
    return (
        re.compile(rf"(?<!\w)(?:{'|'.join((*whole, *stems))})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)"),
    )
