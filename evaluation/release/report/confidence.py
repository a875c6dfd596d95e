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
from evaluation.release.disclosure import Cell, ReleasedOutcome
from evaluation.release.report.cell_text import number
from evaluation.release.report.wording import one_sided

Rule = Callable[[ReleasedOutcome, float], bool]
"""Of an outcome and the plan's limit for p-values."""

ENDS_WITH_WHAT_IS_NEEDED = frozenset({"attrition", "no_endline"})
"""Reasons whose own sentence does not say what would be needed; `report.needed.<rule>` does."""


@dataclass(frozen=True, slots=True)
class Sureness:
    """`missing`: rules that the next stronger word asked for and that do not hold."""

    word: Confidence
    missing: tuple[str, ...] = ()


HOLDS: Mapping[str, Rule] = {
    "interval": lambda outcome, alpha: one_sided(outcome),
    "few_regions": lambda outcome, alpha: (
        _under(outcome.bootstrap_p, alpha) and _under(outcome.permutation_p, alpha)
    ),
    "precision": lambda outcome, alpha: "low_precision" not in outcome.cautions,
    "alike": lambda outcome, alpha: "baseline_gap" not in outcome.cautions,
    "kept": lambda outcome, alpha: "attrition" not in outcome.cautions,
    "single_region": lambda outcome, alpha: outcome.keeps_sign is True,
    "methods": lambda outcome, alpha: _methods_agree(outcome),
}


def confidence(outcome: ReleasedOutcome, study: Study) -> Sureness:
    """What cannot be checked (a mark, a verdict that was not kept) does not hold."""
    assert study.plan is not None
    if outcome.verdict is None:
        return Sureness(Confidence.CANNOT_TELL)
    missing: tuple[str, ...] = ()
    for level in study.wording.levels:
        if outcome.verdict not in level.verdicts:
            continue
        lacking = tuple(r for r in level.asks if not HOLDS[r](outcome, study.plan.alpha))
        if not lacking:
            return Sureness(level.word, missing)
        missing = lacking
    return Sureness(Confidence.CANNOT_TELL, missing)


def confidence_text(outcome: ReleasedOutcome, study: Study, say: Language) -> str:
    word = confidence(outcome, study).word
    return say("report.confidence", word=say(f"report.confidence.{word}"))


def held_back(outcome: ReleasedOutcome, study: Study, say: Language) -> str:
    """Why no stronger word stands there, or what would be needed to tell; "" for the strongest."""
    sure = confidence(outcome, study)
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
