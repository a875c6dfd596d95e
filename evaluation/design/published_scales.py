"""Scales that somebody else has published: which a study may ask with permission, and which never.

domain.md §2.1. The texts of such scales are not shipped; a study that has the right to ask one adds
it as an instrument file of its own, and says there whose it is and by what right it is asked.
"""

from __future__ import annotations

from evaluation.design.indicators import Published
from evaluation.design.questionnaires import Texts
from evaluation.design.reading import Node

STRENGTHS = ("sdq", "strengths and difficulties", "сильные стороны и трудности")
DO_YOU_KNOW = ("do you know", "dyk", "знаешь ли ты", "білесің бе")
WITH_PERMISSION = (
    *("pisa", "mspss", "cyrm", "cyrm-r", "pssm", "meim", "meim-r", "bscs", "u-mics", "kidscreen"),
    *("perceived social support", "psychological sense of school membership"),
)
LONG = 8


def refuse_unlicensed(node: Node, id: str, title: Texts, published: Published | None) -> None:
    """StudyError for a scale that must not be asked at all, or not without saying by what right."""
    said = f" {' | '.join((id.replace('_', ' '), *title.values()))} ".lower()

    def called(words: tuple[str, ...]) -> bool:
        # A short name only as a word of its own: "pisa" is a part of "episa", which is nobody's.
        return any((word if len(word) > LONG else f" {word} ") in said for word in words)

    if called(STRENGTHS):
        raise node.at("id").fail("scale_strengths")
    if called(DO_YOU_KNOW):
        raise node.at("id").fail("scale_do_you_know")
    if called(WITH_PERMISSION) and published is None:
        raise node.at("published").fail("licence_missing")
