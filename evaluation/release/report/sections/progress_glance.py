"""Page one of a progress report: how far it has come, how good the data are, what comes next.

Nothing is estimated here, also where the answers of the last wave are there already.
"""

from __future__ import annotations

from datetime import date

from evaluation.design import Study, Wave
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts, Step
from evaluation.release.report.blocks import (
    Block,
    Bullets,
    Note,
    Paragraph,
    Section,
    Subheading,
)
from evaluation.release.report.counted import counted
from evaluation.release.report.decisions import decisions
from evaluation.release.report.light_block import light_block
from evaluation.release.report.references import cite
from evaluation.release.report.signs import signs_on
from evaluation.release.report.statements import statement
from evaluation.release.report.tried import tried

COUNTED = (Step.ELIGIBLE, Step.BASELINE, Step.ENDLINE)


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section:
    children = counted(COUNTED, facts, say)
    rounded = say("report.rounded", base=facts.audit.round_counts_to)
    blocks: tuple[Block, ...] = (
        Paragraph(tried(facts, study, say, key="report.progress.tried"), lead=True),
        children,
        Note(rounded + cite("flow") + signs_on((children,), say)),
        light_block(facts, say),
        Subheading(say("report.progress.next")),
        Bullets(_next(facts, study, say)),
        *decisions(study, say),
        Subheading(say("report.glance.cannot")),
        Bullets(
            (
                say("report.progress.nothing_estimated"),
                statement("M3", say, minimum=facts.audit.minimum_cell).text,
                say("report.limits.diagnosis"),
            )
        ),
    )
    return Section("at-a-glance", say("report.progress.title"), blocks)


def _next(facts: ReleasedFacts, study: Study, say: Language) -> tuple[str, ...]:
    """The waves that have not ended by the cut-off; the year-end assessment comes last."""
    today = facts.provenance.cut_off.date()
    waves = (wave for wave in study.waves if _open(wave, today))
    lines = (_wave(wave, say) for wave in waves)
    return (*lines, say("report.progress.assessment"))


def _open(wave: Wave, today: date) -> bool:
    return wave.end is None or wave.end >= today


def _wave(wave: Wave, say: Language) -> str:
    name = say.text(wave.name)
    if wave.start is None or wave.end is None:
        return say("report.progress.wave_undated", name=name)
    return say("report.progress.wave", name=name, start=wave.start, end=wave.end)
