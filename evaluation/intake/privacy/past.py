"""Words that reveal a child's past; the list is data, `past.yaml` beside this file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from evaluation.intake.privacy.wordlists import listed

KIND = "past"


def find(text: str) -> Iterator[int]:
    for pattern in patterns():
        for found in pattern.finditer(text):
            yield found.start()


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
