"""What a year-end report is expected to hold (domain.md §3.5) and this one does not, and why."""

from __future__ import annotations

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.blocks import Paragraph, Section, Term, Terms

ABSENT = ("groups", "safety")


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section:
    terms = [Term(say(f"report.absent.{it}"), say(f"report.absent.{it}.why")) for it in ABSENT]
    sent = {dataset.dataset for dataset in facts.datasets}
    asked = [each for each in study.instruments.values() if each.indicators]
    if unsent := [say.text(each.title) for each in asked if each.id not in sent]:
        names = say("report.absent.unsent", datasets="; ".join(unsent))
        terms.append(Term(names, say("report.absent.unsent.why")))
    blocks = (Paragraph(say("report.absent.intro")), Terms(tuple(terms)))
    return Section("absent", say("report.absent.title"), blocks)
