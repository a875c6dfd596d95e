"""Who has to decide what, by when: on page one, because a report that asks nothing is put aside."""

from __future__ import annotations

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.report.blocks import Block, Bullets, Subheading


def decisions(study: Study, say: Language) -> tuple[Block, ...]:
    if not study.texts.decisions:
        return ()
    lines = tuple(
        say("report.decision", what=say.text(it.text), who=say.text(it.who), day=it.deadline)
        for it in study.texts.decisions
    )
    title = "report.decisions.example" if study.example else "report.decisions.title"
    return Subheading(say(title)), Bullets(lines)
