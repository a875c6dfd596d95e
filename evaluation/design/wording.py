"""wording.yaml → how sure a sentence may sound, within what the verdict of the analysis allows.

The verdict is made once, by the plan (evaluation/analysis/verdict.py). These rules only weaken it:
no word here can be had by an outcome whose verdict does not carry it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evaluation.design.reading import Node, read_yaml

FILE = "wording.yaml"


class Confidence(StrEnum):
    """domain.md §3.5, the strongest first. None of them says that there is no effect."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"
    CANNOT_TELL = "cannot_tell"


CARRIES: Mapping[str, tuple[Confidence, ...]] = {
    "supported": (Confidence.STRONG, Confidence.MODERATE, Confidence.WEAK),
    "suggestive": (Confidence.MODERATE, Confidence.WEAK),
}
"""Which words a verdict can carry at the most; every other verdict carries "cannot tell" alone."""

RULES = (
    *("interval", "few_regions", "precision", "alike", "kept", "single_region", "methods"),
    *("reliability", "challenges"),
)
"""What a word can ask for: evaluation/release/report/confidence.py knows what each is."""


@dataclass(frozen=True, slots=True)
class Level:
    """A word is given where the verdict is one of `verdicts` and all of `asks` hold."""

    word: Confidence
    verdicts: tuple[str, ...]
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Levels from the strongest; what reaches none of them cannot be told."""

    levels: tuple[Level, ...]


AS_SHIPPED = Wording(
    (
        Level(Confidence.STRONG, ("supported",), RULES),
        Level(Confidence.MODERATE, ("supported",), ("interval", "kept", "methods", "challenges")),
        Level(Confidence.WEAK, ("supported", "suggestive"), ()),
    )
)


def read_wording(root: Path) -> Wording:
    path = root / FILE
    if not path.exists():
        return AS_SHIPPED
    node = read_yaml(path, root)
    levels = node.at("levels")
    node.entries("levels")
    sure = [word for word in Confidence if word is not Confidence.CANNOT_TELL]
    levels.entries(*sure)
    return Wording(tuple(_level(levels.at(word), word) for word in sure if levels.has(word)))


def _level(node: Node, word: Confidence) -> Level:
    node.entries("verdicts", "asks")
    allowed = tuple(verdict for verdict, words in CARRIES.items() if word in words)
    return Level(
        word=word,
        verdicts=_named(node.at("verdicts"), allowed),
        asks=_named(node.at("asks"), RULES) if node.has("asks") else (),
    )


def _named(node: Node, known: tuple[str, ...]) -> tuple[str, ...]:
    for each in node.each():
        if each.text() not in known:
            raise each.fail("not_one_of", known=", ".join(known))
    return node.words()
