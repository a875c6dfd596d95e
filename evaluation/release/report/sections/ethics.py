"""Ethics and data protection: consent, approvals, how long what is kept, what may be shown."""

from __future__ import annotations

from evaluation.design import Approval, Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.blocks import Paragraph, Section, Term, Terms
from evaluation.release.report.cell_text import show

REGISTERS = {"approvals": Approval.ETHICS, "trainings": Approval.TRAINING}


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section:
    said = {
        **{name: _registered(kind, study, say) for name, kind in REGISTERS.items()},
        "consent": say("report.ethics.consent_is", count=show(facts.quality.without_consent, say)),
        "retention": say("report.ethics.retention_is", n=study.retention.refused_days),
        "disclosure": say(
            "report.ethics.disclosure_is",
            minimum=facts.audit.minimum_cell,
            base=facts.audit.round_counts_to,
        ),
    }
    terms = tuple(Term(say(f"report.ethics.{name}"), text) for name, text in said.items())
    blocks = (Paragraph(say("report.ethics.intro")), Terms(terms))
    return Section("ethics", say("report.ethics.title"), blocks)


def _registered(kind: Approval, study: Study, say: Language) -> str:
    """Lines of the register for regions of the comparison; the papers' numbers stay there."""
    if kind not in study.permissions.demanded:
        return say("report.ethics.no_register")
    compared = {role.region for role in study.roles}
    lines = [
        line
        for line in study.permissions.registered
        if line.kind is kind and line.region in compared
    ]
    return say("report.ethics.registered", n=len(lines))
