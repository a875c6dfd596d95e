"""E-mail addresses, and the names people have in messengers and networks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

KIND = "mail"
# One letter before the sign is enough, and keeps a cell of 32,000 letters from taking seconds.
ADDRESS = re.compile(r"[\w+-]@[\w-]+\.\w{2,}")
HANDLE = re.compile(r"(?<![\w@])@[A-Za-z][\w.]{3,}")
PAGE = re.compile(
    r"(?<!\w)(?:t\.me|wa\.me|vk\.com|vk\.ru|ok\.ru|instagram\.com|facebook\.com|fb\.com|tiktok\.com"
    r"|youtube\.com)/",
    re.IGNORECASE,
)
BEGINNINGS = (
    "t",
    "wa",
    "vk",
    "ok",
    "inst",
    "fa",
    "fb",
    "youtube",
    "инст",
    "теле",
    "вк",
    "вкон",
    "ти",
    "фе",
)
NAMED = re.compile(
    r"(?<!\w)(?:инст[а-я]*|instagram|insta|телеграмм?|telegram|вконтакте|вк|tiktok|тикток|фейсбук)"
    r" ?[:=-] ?@?[A-Za-z][\w.]{2,}",
    re.IGNORECASE,
)


def may_hold(words: Collection[str]) -> bool:
    """Whether any of the distinct words, in small letters, is worth a closer look."""
    return any(word.startswith(BEGINNINGS) for word in words)


def find(text: str) -> Iterator[int]:
    for pattern in (ADDRESS, HANDLE, PAGE, NAMED):
        for found in pattern.finditer(text):
            yield found.start()
