"""Bytes of a text file → text. Which encoding it is, the known headers decide.

A Cyrillic single-byte encoding never fails to decode, so "no error" proves nothing, and guessers
by letter frequency are wrong on short files (domain.md §4.6). What can be trusted is the form:
the right encoding is the one in which its headers are words of the questionnaire.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable

from evaluation.errors import DeliveryError

SINGLE_BYTE = ("cp1251", "kz1048", "ptcp154")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
HEAD = 1 << 16
"""How much of the file the headers are looked for in."""


def decode(content: bytes, known_words: Callable[[str], int]) -> str:
    """`known_words` counts how much of a text the questionnaire knows."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if unmarked := _without_mark(content):
        return _strictly(content, unmarked)
    try:
        text = content.decode("utf-8")
        candidates = [text, *_twice_encoded(text)]
    except UnicodeDecodeError:
        # 0x98 is no letter in the first two; a file that has it is none of theirs.
        candidates = [content.decode(encoding, "replace") for encoding in SINGLE_BYTE]
    # max() keeps the first of equals: the plainest reading wins unless another is better.
    best = max(candidates, key=lambda text: known_words(text[:HEAD]))
    if any(ord(char) < 32 and char not in "\t\r\n\v\f" for char in best[:HEAD]):
        raise DeliveryError("not_a_table")
    return best


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise DeliveryError("damaged_file") from None


def _without_mark(content: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of separators and digits is zero."""
    head = content[:1000]
    if len(content) % 2 or 0 not in head:
        return None
    if head[1::2].count(0) > head[0::2].count(0):
        return "utf-16-le"
    return "utf-16-be"


def _twice_encoded(text: str) -> list[str]:
    """UTF-8 that somebody opened as cp1251 and saved again as UTF-8 (РљРѕРґ for Код)."""
    try:
        return [text.encode("cp1251").decode("utf-8")]
    except UnicodeError:
        return []
