"""How well it was measured: the scales, the questions, who was met again, whose answers count."""

from __future__ import annotations

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.blocks import Block, Paragraph, Section, Subheading
from evaluation.release.report.children_tables import children_table, lost_table
from evaluation.release.report.reliability_tables import functioning_table, reliability_table


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section:
    return Section("measurement", say("report.measurement.title"), _blocks(facts, study, say))


def _blocks(facts: ReleasedFacts, study: Study, say: Language) -> tuple[Block, ...]:
    found = facts.measures
    if found is None or not found.reliabilities:
        return (Paragraph(say("report.measurement.none")),)
    return (
        Paragraph(say("report.measurement.intro")),
        reliability_table(found, study, say),
        functioning_table(found, study, say),
        Subheading(say("report.children.title")),
        children_table(facts, found, study, say),
        lost_table(facts, found, study, say),
    )
