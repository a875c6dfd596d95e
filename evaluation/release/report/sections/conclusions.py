"""What people conclude, criterion by criterion, each sentence with the findings it rests on."""

from __future__ import annotations

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.authored_blocks import example_note
from evaluation.release.report.blocks import Block, Note, Section, Term, Terms
from evaluation.release.report.findings import cited


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section | None:
    conclusions = study.texts.conclusions
    if not conclusions:
        return None
    terms = tuple(
        Term(
            f"{it.id}. {say(f'report.criterion.{it.criterion}')}",
            say("report.rests_on", text=say.text(it.text), findings=cited(it.findings, study)),
        )
        for it in conclusions
    )
    blocks: tuple[Block, ...] = (
        *example_note(study, say),
        Terms(terms),
        Note(say("report.conclusions.note")),
    )
    return Section("conclusions", say("report.conclusions.title"), blocks)
