"""Specialists (8.5): the training before and after, and what they need."""

from __future__ import annotations

from evaluation.design import Part, Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.blocks import Section
from evaluation.release.report.datasets.section import dataset_section


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section | None:
    return dataset_section(Part.SPECIALISTS, facts, study, say)
