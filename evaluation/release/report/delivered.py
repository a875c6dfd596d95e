"""Page one's sentence on delivery: how many of the planned sessions were held, if it is known."""

from __future__ import annotations

from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts


def delivered(facts: ReleasedFacts, say: Language) -> str | None:
    for dataset in facts.datasets:
        for each in dataset.indicators:
            if each.planned is not None and each.held is not None:
                return say("report.glance.delivered", held=each.held, planned=each.planned)
    return None
