"""The data-quality light in words."""

from __future__ import annotations

from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.blocks import Light
from evaluation.release.report.quality_light import LOST, light, measures


def light_block(facts: ReleasedFacts, say: Language) -> Light:
    found = measures(facts)
    level = light(found)
    reasons = tuple(
        say(f"report.light.{measure.name}", share=measure.share)
        for measure in found
        if measure.share is not None or measure.name == LOST
    )
    return Light(
        level=level,
        title=say("report.light.title"),
        word=say(f"report.light.is_{level}"),
        reasons=reasons or (say("report.light.nothing"),),
    )
