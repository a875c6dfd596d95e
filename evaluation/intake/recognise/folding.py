"""Texts that mean the same, made the same. For comparing only: what is stored is never folded.

Two strengths. `plain` forgives case, spaces, dashes, ё and a trailing mark. `twins` also forgives
letters of another alphabet that look alike, and Kazakh letters typed on a Russian keyboard.
"""

from __future__ import annotations

import re
import unicodedata

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_PLAIN = str.maketrans(
    {
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_INVISIBLE, None),
        **dict.fromkeys("\u2019\u2018\u02bc`", "'"),
        **dict.fromkeys("«»“”„", '"'),
        "ё": "е",
    }
)
# domain.md §4.6. Latin h stands for the letter it looks like when it is a capital.
_TWINS = str.maketrans(
    "aeopcxykmtbhiəɵ" + "әғқңөұүһі",
    "аеорсхукмтвниао" + "агкноуухи",
)
_DIGITS = str.maketrans("ОоOoЗзІIl", "000033111")
_TRAILING = "*:;.,?!"


def plain(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).casefold().translate(_PLAIN)
    folded = " ".join(folded.split())
    folded = re.sub(r"\s*-\s*", "-", folded)
    return folded.rstrip(_TRAILING + " ") or folded


def twins(text: str) -> str:
    return plain(text).translate(_TWINS)


def code_text(text: str) -> str:
    """A code as it was meant: one kind of dash, no spaces, digits where a letter looks like one."""
    folded = unicodedata.normalize("NFC", text).translate(_PLAIN)
    return "".join(folded.split()).translate(_DIGITS)
