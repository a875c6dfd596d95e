"""The letters of the three languages, and texts made ready to be searched through.

A cell that a person reads as a number or a name may hold no-break spaces, dashes of five kinds,
letters that cannot be seen, or a Latin `o` in a Russian word. All of it is made plain here, once,
so that the patterns of the kinds stay readable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

CAPITAL = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІ"
SMALL = "a-zа-яёәғқңөұүһі"
CAPITALISED = f"[{CAPITAL}][{SMALL}]"

SPACES = (
    "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
)
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_PLAIN = str.maketrans(
    {
        **dict.fromkeys(SPACES, " "),
        **dict.fromkeys(DASHES, "-"),
        **dict.fromkeys(UNSEEN, None),
        **dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "),
    }
)
_LATIN = re.compile(rf"[{CAPITAL}{SMALL}]*[а-яёәғқңөұүһіА-ЯЁӘҒҚҢӨҰҮҺІ][{CAPITAL}{SMALL}]*")
_TWINS = str.maketrans("aeopcxykmtbhiABEKMHOPCTXYI", "аеорсхукмтвніАВЕКМНОРСТХУІ")


def joined(texts: Sequence[str]) -> str:
    """A line each: searching once through all of them is what makes the scan quick."""
    lines = "\n".join(text.replace("\n", " ") if "\n" in text else text for text in texts)
    if lines.isascii():
        return lines.translate(_PLAIN) if "\t" in lines or "\r" in lines else lines
    return unmixed(unicodedata.normalize("NFC", lines).translate(_PLAIN))


def unmixed(text: str) -> str:
    """Latin letters inside a Cyrillic word, as its Cyrillic twins; places stay the same."""
    if not re.search(r"[A-Za-z]", text):
        return text
    return _LATIN.sub(lambda found: found[0].translate(_TWINS), text)
