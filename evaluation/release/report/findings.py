"""The findings, numbered: what conclusions and recommendations rest on, and point at.

An outcome's number is its place in the plan, so it is the same in every language, every format
and every report of the study; what is found beside the outcomes is counted after them.
"""

from __future__ import annotations

from evaluation.design import Study
from evaluation.design.authored import FURTHER_FINDINGS
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts, ReleasedOutcome, Step
from evaluation.release.report.answers import answer
from evaluation.release.report.blocks import Block, Subheading, Term, Terms
from evaluation.release.report.cell_text import number, show
from evaluation.release.report.confidence import confidence_text, held_back
from evaluation.release.report.quality_light import light, measures
from evaluation.release.report.references import cite


def finding_label(name: str, study: Study) -> str:
    """`F-3` for the third outcome of the plan."""
    assert study.plan is not None
    names = (*(outcome.id for outcome in study.plan.outcomes), *FURTHER_FINDINGS)
    return f"F-{names.index(name) + 1}"


def cited(names: tuple[str, ...], study: Study) -> str:
    return ", ".join(finding_label(name, study) for name in names)


def findings(facts: ReleasedFacts, study: Study, say: Language) -> tuple[Block, ...]:
    """All of them, whatever came out, in the order of the plan."""
    terms = (
        *(_outcome(outcome, facts, study, say) for outcome in facts.outcomes),
        *further_findings(facts, study, say),
    )
    return Subheading(say("report.findings.title")), Terms(terms)


def further_findings(facts: ReleasedFacts, study: Study, say: Language) -> tuple[Term, ...]:
    said = {
        "participation": _participation(facts, say) + cite("flow"),
        "comparability": _comparability(facts, say) + cite("comparable"),
        "data_quality": _data_quality(facts, say) + cite("batches"),
    }
    return tuple(_term(name, say(f"report.findings.{name}"), said[name], study) for name in said)


def _outcome(outcome: ReleasedOutcome, facts: ReleasedFacts, study: Study, say: Language) -> Term:
    parts = (
        answer(outcome, study, say).text,
        confidence_text(outcome, facts, study, say) + ".",
        held_back(outcome, facts, study, say),
    )
    text = " ".join(part for part in parts if part) + cite("differences-table")
    return _term(outcome.outcome, say.text(study.scales[outcome.scale].name), text, study)


def _term(name: str, title: str, text: str, study: Study) -> Term:
    return Term(f"{finding_label(name, study)}. {title}", text)


def _participation(facts: ReleasedFacts, say: Language) -> str:
    total = facts.flow.total
    steps = (Step.ELIGIBLE, Step.BASELINE, Step.ANALYSED)
    shown = {str(step): show(total.cell(step), say) for step in steps}
    return say("report.findings.participation_is", **shown)


def _comparability(facts: ReleasedFacts, say: Language) -> str:
    gaps = [number(outcome.baseline_gap) for outcome in facts.outcomes]
    known = [abs(gap) for gap in gaps if gap is not None]
    if not known:
        return say("report.findings.comparability_unknown")
    return say("report.findings.comparability_is", gap=max(known), known=len(known), of=len(gaps))


def _data_quality(facts: ReleasedFacts, say: Language) -> str:
    level = light(measures(facts))
    return say("report.findings.data_quality_is", word=say(f"report.light.is_{level}"))
