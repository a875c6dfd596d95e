"""School (8.6): results, participation in contests, languages."""

from __future__ import annotations

from evaluation.design import Part, Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.blocks import Section
from evaluation.release.report.datasets.section import dataset_section


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section | None:
    return dataset_section(Part.SCHOOL, facts, study, say)
