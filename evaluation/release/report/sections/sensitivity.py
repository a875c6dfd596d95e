"""Would the answer change? Every result again, with one thing changed that could have made it."""

from __future__ import annotations

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.blocks import Block, Paragraph, Section, Subheading, Term, Terms
from evaluation.release.report.evidence_figures import evidence_figures
from evaluation.release.report.evidence_tables import KINDS, evidence_tables
from evaluation.release.report.strength_tables import strength_tables


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section:
    return Section("sensitivity", say("report.sensitivity.title"), _blocks(facts, study, say))


def _blocks(facts: ReleasedFacts, study: Study, say: Language) -> tuple[Block, ...]:
    strength = strength_tables(facts, study, say)
    if not facts.evidence:
        return (Paragraph(say("report.sensitivity.none")), *strength)
    names = tuple(name for kind in KINDS.values() for name in kind)
    return (
        Paragraph(say("report.sensitivity.intro")),
        *evidence_figures(facts, study, say),
        *evidence_tables(facts, study, say),
        Subheading(say("report.sensitivity.what")),
        Terms(
            tuple(
                Term(say(f"report.challenge.{name}"), say(f"report.challenge.{name}.what"))
                for name in names
            )
        ),
        *strength,
    )
