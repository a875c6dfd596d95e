"""What the report cannot tell, the six mandatory statements, and what the marks mean."""

from __future__ import annotations

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import Mark, ReleasedFacts
from evaluation.release.disclosure.audit import PROTECTION
from evaluation.release.report.blocks import (
    Block,
    Bullets,
    Paragraph,
    Section,
    Subheading,
    Term,
    Terms,
)
from evaluation.release.report.cell_text import number, show
from evaluation.release.report.references import cite
from evaluation.release.report.reliability_tables import reliability_limit
from evaluation.release.report.statements import MANDATORY, statement


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section:
    minimum = facts.audit.minimum_cell
    blocks: tuple[Block, ...] = (
        *(statement(id, say, minimum=minimum) for id in MANDATORY),
        Subheading(say("report.limits.more")),
        Bullets(
            (
                *_few_regions(facts, study, say),
                say("report.limits.unseen"),
                reliability_limit(facts, study, say),
            )
        ),
        Subheading(say("report.limits.marks")),
        Terms(tuple(Term(f"[{mark}]", say(f"report.mark.{mark}")) for mark in Mark)),
        Paragraph(_hidden(facts, say)),
        Paragraph(_audited(facts, say)),
    )
    return Section("limits", say("report.limits.title"), blocks)


def _few_regions(facts: ReleasedFacts, study: Study, say: Language) -> tuple[str, ...]:
    assert study.plan is not None
    floors = [o.smallest_p for o in facts.outcomes if number(o.smallest_p) is not None]
    if not floors:
        return ()
    highest = max(floors, key=lambda cell: number(cell) or 0.0)
    reachable = (number(highest) or 0.0) < study.plan.alpha
    key = "report.limits.few_regions" if reachable else "report.limits.too_few_regions"
    said = say(key, p=show(highest, say), alpha=say.number(study.plan.alpha, 2))
    return (said + cite("design", if_there=True),)


def _hidden(facts: ReleasedFacts, say: Language) -> str:
    audit = facts.audit
    return say(
        "report.limits.hidden",
        cells=audit.cells,
        hidden=audit.hidden,
        minimum=audit.minimum_cell,
        base=audit.round_counts_to,
    )


def _audited(facts: ReleasedFacts, say: Language) -> str:
    """How much is kept, what was checked, and that earlier reports were looked at too. Not how
    many are small, nor how near one can come: that would tell which are."""
    audit = facts.audit
    said = [say("report.limits.audit", kept=audit.kept, width=PROTECTION)]
    if audit.earlier:
        said.append(say("report.limits.audit.earlier", n=audit.earlier))
    return " ".join(said)
