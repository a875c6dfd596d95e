"""Where somebody lives: streets, quarters, houses with flats, postal codes that are called so."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from evaluation.intake.privacy.letters import CAPITAL, SMALL

KIND = "address"

NAME = rf"[«\"]?[{CAPITAL}][{CAPITAL}{SMALL}.-]+"
STREET_BEFORE = (
    "ул|улиц[аеуы]|проспект[ауе]?|просп|пр-т[ае]?|пр|переул(?:ок|ке|ка)|пер|бульвар[ае]?|б-р"
    "|мкрн?|микрорайон[ае]?|м-н|көш|даңғ|ш/а|ы/а"
)
STREET_AFTER = (
    r"көшесі\w*|даңғылы\w*|бульвары\w*|ықшам ?аудан\w*|шағын ?аудан\w*|мкрн?|микрорайон\w*"
    r"|тұйығы\w*"
)
BEFORE = re.compile(
    rf"(?<!\w)(?i:{STREET_BEFORE})(?:\.|(?= )) ?(?:{NAME}|\d{{1,3}}(?!\d|[.,]\d| ?%))"
)
AFTER = re.compile(
    rf"(?:{NAME}|(?<!\d)\d{{1,3}}(?:-?[а-я]{{1,2}})?)[» ]{{1,2}}?(?i:{STREET_AFTER})(?!\w)"
)
FLAT = re.compile(
    r"(?<!\w)(?:кв|квартира|пәтер|пат|apt|apartment|flat)(?:\.|(?= )) ?№? ?\d{1,3}(?!\d| ?м)"
    r"|(?<![\d.,])\d{1,3}[а-я]? ?-? ?пәтер(?!\w)"
    r"|(?<!\w)(?:дом|д|үй|house)\.? ?№? ?\d{1,3}[а-яa-z]? ?[,/ ] ?(?:кв|пәт|apt|flat)"
    r"\w*\.? ?№? ?\d{1,3}"
    r"|(?<!\d)\d{1,3}[а-я]? ?-? ?үй ?, ?(?:пәтер ?)?\d{1,3}",
    re.IGNORECASE,
)
LETTERS = frozenset("бмшыгқд")
BEGINNINGS = (
    *("ул", "просп", "пр", "пер", "бульв", "мкр", "микрор", "көш", "даң", "шағын", "ықшам"),
    *("тұй", "кв", "пәт", "пат", "ап", "apt", "apart", "flat", "дом", "үй", "house", "street"),
    *("st", "ave", "road", "lane", "microd", "индекс", "почт", "пошт", "zip", "postal", "postcode"),
    *("каз", "қаз", "kaz", "рк", "обл", "город"),
)
"""How the words begin without which nothing here is an address."""
ENGLISH = re.compile(
    r"(?<!\w)\d{1,3},? [A-Z][a-z]+ (?:Street|St\.|Avenue|Ave\.|Road|Lane|Microdistrict)"
    r"|(?<!\w)[A-Z][a-z]+ (?:Street|Avenue|Microdistrict),? ?\d{1,3}(?!\d)"
)
POSTAL = re.compile(
    r"(?<!\w)(?:индекс\w*|почтов\w*|пошта\w*|zip|postal code|postcode)[^\d\n]{0,15}\d{6}(?!\d)"
    r"|(?<!\d)0[1-9]\d{4}(?!\d) ?, ?(?:г\.|город|қ\.|Казахстан|Қазақстан|РК|Kazakhstan|обл)",
    re.IGNORECASE,
)


def may_hold(words: Collection[str]) -> bool:
    """Whether any of the distinct words, in small letters, is worth a closer look."""
    return any(word in LETTERS or word.startswith(BEGINNINGS) for word in words)


def find(text: str) -> Iterator[int]:
    for pattern in (BEFORE, AFTER, FLAT, ENGLISH, POSTAL):
        for found in pattern.finditer(text):
            yield found.start()
