"""What a year-end report is expected to hold (domain.md §3.5) and this one does not, and why."""

from __future__ import annotations

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.blocks import Paragraph, Section, Term, Terms

ABSENT = ("sessions", "groups", "specialists", "school", "safety")


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section:
    terms = tuple(Term(say(f"report.absent.{it}"), say(f"report.absent.{it}.why")) for it in ABSENT)
    blocks = (Paragraph(say("report.absent.intro")), Terms(terms))
    return Section("absent", say("report.absent.title"), blocks)
