"""How sure one result is, in one of four words, by the study's wording.yaml.

The verdict of the analysis comes first and is never made over; the rules here can only weaken it.
They are asked of released numbers, so that a reader can check every one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from evaluation.design import Confidence, Study
from evaluation.language import Language
from evaluation.records.opinions import Word
from evaluation.release.disclosure import Cell, ReleasedFacts, ReleasedOutcome
from evaluation.release.disclosure.evidence import HEADLINE, Direction
from evaluation.release.report.cell_text import number
from evaluation.release.report.wording import one_sided

Rule = Callable[[ReleasedOutcome, ReleasedFacts, float], bool]
"""Of an outcome, all that left beside it, and the plan's limit for p-values."""

ENDS_WITH_WHAT_IS_NEEDED = frozenset({"attrition", "no_endline"})
"""Reasons whose own sentence does not say what would be needed; `report.needed.<rule>` does."""


@dataclass(frozen=True, slots=True)
class Sureness:
    """`missing`: rules that the next stronger word asked for and that do not hold."""

    word: Confidence
    missing: tuple[str, ...] = ()


HOLDS: Mapping[str, Rule] = {
    "interval": lambda outcome, facts, alpha: one_sided(outcome),
    "few_regions": lambda outcome, facts, alpha: (
        _under(outcome.bootstrap_p, alpha) and _under(outcome.permutation_p, alpha)
    ),
    "precision": lambda outcome, facts, alpha: "low_precision" not in outcome.cautions,
    "alike": lambda outcome, facts, alpha: "baseline_gap" not in outcome.cautions,
    "kept": lambda outcome, facts, alpha: "attrition" not in outcome.cautions,
    "single_region": lambda outcome, facts, alpha: outcome.keeps_sign is True,
    "methods": lambda outcome, facts, alpha: _methods_agree(outcome),
    "reliability": lambda outcome, facts, alpha: _reliable(outcome, facts),
    "challenges": lambda outcome, facts, alpha: _withstands(outcome, facts),
}


def confidence(outcome: ReleasedOutcome, facts: ReleasedFacts, study: Study) -> Sureness:
    """What cannot be checked (a mark, a verdict that was not kept) does not hold."""
    assert study.plan is not None
    if outcome.verdict is None:
        return Sureness(Confidence.CANNOT_TELL)
    missing: tuple[str, ...] = ()
    for level in study.wording.levels:
        if outcome.verdict not in level.verdicts:
            continue
        lacking = tuple(r for r in level.asks if not HOLDS[r](outcome, facts, study.plan.alpha))
        if not lacking:
            return Sureness(level.word, missing)
        missing = lacking
    return Sureness(Confidence.CANNOT_TELL, missing)


def confidence_text(
    outcome: ReleasedOutcome, facts: ReleasedFacts, study: Study, say: Language
) -> str:
    word = confidence(outcome, facts, study).word
    return say("report.confidence", word=say(f"report.confidence.{word}"))


def held_back(outcome: ReleasedOutcome, facts: ReleasedFacts, study: Study, say: Language) -> str:
    """Why no stronger word stands there, or what would be needed to tell; "" for the strongest."""
    sure = confidence(outcome, facts, study)
    if sure.word is Confidence.CANNOT_TELL:
        return _needed(outcome, say)
    if not sure.missing:
        return ""
    rules = "; ".join(say(f"report.confidence.lacks.{rule}") for rule in sure.missing)
    return say("report.confidence.held_back", rules=rules)


def _needed(outcome: ReleasedOutcome, say: Language) -> str:
    if outcome.hidden:
        return say("report.needed.hidden")
    reasons = (outcome.reason, *outcome.verdict_reasons)
    if outcome.reason or outcome.verdict is Word.NOT_ESTIMABLE:
        wanted = [rule for rule in dict.fromkeys(reasons) if rule in ENDS_WITH_WHAT_IS_NEEDED]
        return " ".join(say(f"report.needed.{rule}") for rule in wanted)
    return say("report.needed.regions")


def _under(p: Cell, alpha: float) -> bool:
    value = number(p)
    return value is not None and value < alpha


def _methods_agree(outcome: ReleasedOutcome) -> bool:
    """Every other method that answers in points; a method without an answer says nothing."""
    value = number(outcome.value)
    others = [number(c.value) for c in outcome.companions if c.points]
    return value is not None and all(value * other > 0 for other in others if other is not None)


def _reliable(outcome: ReleasedOutcome, facts: ReleasedFacts) -> bool:
    """Known somewhere, and nowhere held against the scale: at no wave and in no language."""
    every = facts.measures.reliabilities if facts.measures else ()
    lines = [line for line in every if line.key[0] == outcome.scale]
    known = any(number(line.number("alpha")) is not None for line in lines)
    return known and not any(line.word("caution") for line in lines)


def _withstands(outcome: ReleasedOutcome, facts: ReleasedFacts) -> bool:
    """Challenged, and no challenge that may leave turns the direction."""
    asked = [it for it in facts.evidence if it.outcome == outcome.outcome and it.name != HEADLINE]
    return bool(asked) and all(it.direction is not Direction.TURNED for it in asked)
