"""How sure a sentence may sound: the verdict of the analysis, and nothing decided a second time.

The word for an outcome is made in evaluation/analysis/verdict.py, by the plan's rules, from
unrounded numbers. Here it is only said. There is no word for "no effect": domain.md §3.4.
"""

from __future__ import annotations

from evaluation.language import Language
from evaluation.records.opinions import Word
from evaluation.release.disclosure import Mark, ReleasedOutcome
from evaluation.release.report.cell_text import number


def verdict_text(outcome: ReleasedOutcome, say: Language) -> str:
    """A mark where there is no verdict: hidden, or from before there were any."""
    if outcome.verdict is None:
        return f"[{Mark.CONFIDENTIAL if outcome.hidden else Mark.NOT_AVAILABLE}]"
    return say(f"report.verdict.{outcome.verdict}")


def verdict_reasons(outcome: ReleasedOutcome) -> tuple[str, ...]:
    """Message keys: what forbids an estimate, or what is missing to be supported."""
    family = "reason" if outcome.verdict is Word.NOT_ESTIMABLE else "caution"
    return tuple(f"{family}.{rule}" for rule in outcome.verdict_reasons)


def has_direction(outcome: ReleasedOutcome) -> bool:
    """Whether a sentence may say higher or lower. What is only suggestive must also look so in
    print: with an end of the interval at 0.00 the weaker sentence is used."""
    if outcome.verdict is Word.SUPPORTED:
        return True
    return outcome.verdict in (Word.SUGGESTIVE, None) and one_sided(outcome)


def one_sided(outcome: ReleasedOutcome) -> bool:
    """Whether the whole interval lies on one side of zero."""
    low, high = number(outcome.low), number(outcome.high)
    return low is not None and high is not None and (low > 0 or high < 0)
