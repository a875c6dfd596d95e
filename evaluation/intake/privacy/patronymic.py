"""Patronymics: Russian (-ович, -евна …), Kazakh (ұлы, қызы, also on a Russian keyboard), Latin.

Both languages have words with the same ends (основна, прогулы; ұлы дала, the great steppe; ашулы,
angry). Those that are many are passed over by what they begin with; ends that are words by
themselves count only beside a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import filterfalse

from evaluation.intake.privacy.letters import CAPITAL, CAPITALISED, SMALL
from evaluation.intake.privacy.wordlists import ordinary

KIND = "patronymic"

RUSSIAN = re.compile(
    rf"(?<!\w)([{SMALL}]{{2,}})([оеё]вич|[оеё]вн(?=[аыеуо]))(а|у|ем|е|ы|ой)?(?!\w)", re.IGNORECASE
)
RARE = re.compile(
    r"(?<!\w)(?:иль|никит|фом|лук|кузьм|савв)(?:ич(?:а|у|ем|е)?|(?:ин)?ичн(?:а|ы|е|у|ой))(?!\w)",
    re.IGNORECASE,
)
KAZAKH = re.compile(
    rf"(?<!\w)[{SMALL}]{{3,}}(?:ұлы|қызы|кызы|ғызы|оглы|оглу|ўғли|қизи)"
    r"(?:н[ыі]ң|н[аеыі]|ға|да|дан|нан|нда|мен)?(?!\w)",
    re.IGNORECASE,
)
LATIN = re.compile(
    r"(?<!\w)[a-z]{3,}(?:[oe]vich|[oy]?evich|[oe]vna|[uū]ly|[uū]lı|[kq]yzy|[kq]yzı)(?!\w)",
    re.IGNORECASE,
)
RUSSIAN_KEYBOARD = re.compile(rf"(?<!\w)(?:{CAPITALISED}{{2,}}улы|[{CAPITAL}]{{3,}}УЛЫ)(?!\w)")
APART = re.compile(
    rf"(?<!\w)(?:({CAPITALISED}+) )?({CAPITALISED}{{2,}})[ -]"
    r"(?:ұлы|қызы|кызы|улы|оглы|оглу|уулу|uly|kyzy|qyzy|ogly)(?!\w)(?= *(\w?))"
)
NEIGHBOUR_BEFORE = re.compile(rf"(?:{CAPITALISED}+|[{CAPITAL}]{{3,}}) $")
NEIGHBOUR_AFTER = re.compile(rf" (?:{CAPITALISED}+|[{CAPITAL}]{{3,}})(?!\w)")
GENITIVE = ("ның", "нің", "дың", "дің", "тың", "тің")
MARKS = (
    "вич",
    "вн",
    "ич",
    "лы",
    "зы",
    "ўғли",
    "қизи",
    "оглу",
    "уулу",
    "vich",
    "vna",
    "ly",
    "lı",
    "zy",
    "zı",
)
SURE = (RARE, KAZAKH)


def may_hold(words: Collection[str]) -> bool:
    """Whether any of the distinct words, in small letters, is worth a closer look."""
    return any(mark in word for word in words for mark in MARKS)


def find(text: str) -> Iterator[int]:
    for found in _found(text):
        yield found.start()


def _found(text: str) -> Iterator[re.Match[str]]:
    for pattern in SURE:
        yield from pattern.finditer(text)
    yield from filter(_is_russian, RUSSIAN.finditer(text))
    yield from filterfalse(_is_ordinary, LATIN.finditer(text))
    yield from filter(_beside_a_name, filterfalse(_is_ordinary, RUSSIAN_KEYBOARD.finditer(text)))
    yield from filter(_of_a_name, APART.finditer(text))


def _is_russian(found: re.Match[str]) -> bool:
    """A case (Маратовны) counts with a capital: основной, духовной are everyday words."""
    stem, _, case = found.groups()
    nominative = case in (None, "а", "А")
    known = stem.lower() in ordinary("stems_before_russian_ends")
    return not known and (nominative or found[0][0].isupper())


def _is_ordinary(found: re.Match[str]) -> bool:
    return found[0].lower() in ordinary("ending_in_uly")


def _beside_a_name(found: re.Match[str]) -> bool:
    """улы for ұлы is also how many Kazakh adjectives end, so it needs a neighbour."""
    before = found.string[max(0, found.start() - 40) : found.start()]
    after = NEIGHBOUR_AFTER.match(found.string, found.end())
    return bool(NEIGHBOUR_BEFORE.search(before) or after)


def _of_a_name(found: re.Match[str]) -> bool:
    """Абай ұлы ақын, Abai is a great poet; Абайдың ұлы, Abai's son: neither is a patronymic."""
    before, name, following = found.groups()
    return not name.endswith(GENITIVE) and (before is not None or not following.islower())
