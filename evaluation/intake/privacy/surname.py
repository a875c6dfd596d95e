"""Two words that may be a surname and a first name: a question to the sender, and no more.

Nothing tells Акмолинская Область from such a pair but what people know; so a single one is only
asked about, and a column of them is a list of names (domain.md §4.5: weak, warn).
"""

from __future__ import annotations

import re

from evaluation.intake.privacy.letters import CAPITALISED

KIND = "name"

ENDS = (
    "баев|баева|беков|бекова|ов|ова|ев|ева|ёв|ёва|ин|ина|ский|ская|цкий|цкая|енко|чук|ұлы|қызы"
    "|ov|ova|ev|eva|enko|sky|skaya|bayev|bayeva|bekov|bekova"
)
SURNAME = rf"{CAPITALISED}+(?:{ENDS})"
NAME = re.compile(
    rf"(?:{SURNAME} {CAPITALISED}{{2,}}|{CAPITALISED}{{2,}} {SURNAME})(?: {CAPITALISED}{{2,}})?"
)
SHAPE = re.compile(rf"{CAPITALISED}{{2,}} {CAPITALISED}{{2,}}(?: {CAPITALISED}{{2,}})?")
FEWEST = 3
SHARE = 0.5


def names_in(texts: tuple[str, ...]) -> tuple[list[int], bool]:
    """Places of texts that look like a full name, and whether they are a list of names."""
    places = [place for place, text in enumerate(texts) if NAME.fullmatch(text)]
    shaped = [place for place, text in enumerate(texts) if SHAPE.fullmatch(text)]
    if len(places) >= FEWEST and len(shaped) >= SHARE * len(texts):
        return shaped, True
    return places, False
