"""A few steps of the participants' way as large numbers, with those of the arms below."""

from __future__ import annotations

from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts, Step
from evaluation.release.report.blocks import KeyNumber, KeyNumbers
from evaluation.release.report.cell_text import show


def counted(steps: tuple[Step, ...], facts: ReleasedFacts, say: Language) -> KeyNumbers:
    return KeyNumbers(tuple(_counted(step, facts, say) for step in steps))


def _counted(step: Step, facts: ReleasedFacts, say: Language) -> KeyNumber:
    arms = tuple(
        f"{say(f'report.arm.{arm.arm}')}: {show(arm.cell(step), say)}" for arm in facts.flow.arms
    )
    return KeyNumber(
        value=show(facts.flow.total.cell(step), say),
        label=say(f"report.step.{step}"),
        details=arms,
    )
