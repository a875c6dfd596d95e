"""The answer for one outcome in one sentence: direction, size, interval, and how sure."""

from __future__ import annotations

from evaluation.design import Study
from evaluation.language import Language
from evaluation.records.opinions import Word
from evaluation.release.disclosure import ReleasedOutcome
from evaluation.release.report.blocks import Answer
from evaluation.release.report.cell_text import interval, number, show
from evaluation.release.report.wording import has_direction, verdict_reasons, verdict_text


def answer(outcome: ReleasedOutcome, study: Study, say: Language) -> Answer:
    return Answer(
        level=outcome.verdict or "unknown",
        title=say.text(study.scales[outcome.scale].name),
        text=_sentence(outcome, study, say),
        word=say("report.verdict", word=verdict_text(outcome, say)),
    )


def _sentence(outcome: ReleasedOutcome, study: Study, say: Language) -> str:
    if outcome.reason is not None:
        return say("report.answer.reason", reason=say(f"reason.{outcome.reason}"))
    value = number(outcome.value)
    if outcome.hidden or value is None:
        return say("report.answer.hidden")
    if outcome.verdict is Word.NOT_ESTIMABLE:
        return say("report.answer.reason", reason=say(verdict_reasons(outcome)[0]))
    within = interval(outcome.low, outcome.high, say)
    if not has_direction(outcome):
        return say(
            "report.answer.unclear",
            value=show(outcome.value, say, signed=True),
            level=outcome.level,
            interval=within,
            smallest=show(outcome.smallest_effect, say),
        )
    scale = study.scales[outcome.scale]
    return say(
        "report.answer.higher" if value > 0 else "report.answer.lower",
        value=say.number(abs(value), 2),
        low=scale.low,
        high=scale.high,
        level=outcome.level,
        interval=within,
    )
