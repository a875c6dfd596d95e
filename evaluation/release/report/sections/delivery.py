"""Delivery (domain.md §3.5, 8.4): sessions planned and held, dose and fidelity."""

from __future__ import annotations

from evaluation.design import Part, Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.blocks import Section
from evaluation.release.report.datasets.section import dataset_section


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section | None:
    return dataset_section(Part.DELIVERY, facts, study, say)
