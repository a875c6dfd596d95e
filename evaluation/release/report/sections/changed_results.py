"""What changed in the results since the report before: the same differences, then and now."""

from __future__ import annotations

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts, ReleasedOutcome
from evaluation.release.disclosure.previous import ReleasedPrevious
from evaluation.release.report.blocks import Group, Row, Section, Table
from evaluation.release.report.cell_text import interval, number, show
from evaluation.release.report.change_table import change_columns
from evaluation.release.report.differences import families, family_title


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section | None:
    """None where no earlier report held a result: there is nothing that could have changed."""
    before = facts.previous
    if before is None or not any(_answered(o, before) for o in facts.outcomes):
        return None
    table = Table(
        id="changed-differences",
        caption=say("report.changed_results.caption"),
        columns=change_columns(facts, say, first="outcome"),
        groups=tuple(
            Group(
                family_title(family, say),
                tuple(_row(o, before, study, say) for o in facts.outcomes if o.family == family),
            )
            for family in families(facts.outcomes)
        ),
        notes=(say("report.changed_results.note"),),
    )
    return Section("changed-results", say("report.changed_results.title"), (table,))


def _answered(outcome: ReleasedOutcome, before: ReleasedPrevious) -> bool:
    return number(before.cell(f"outcome/{outcome.outcome}/value")) is not None


def _row(outcome: ReleasedOutcome, before: ReleasedPrevious, study: Study, say: Language) -> Row:
    then = (before.cell(f"outcome/{outcome.outcome}/{name}") for name in ("value", "low", "high"))
    now = (outcome.value, outcome.low, outcome.high)
    cells = tuple(
        say(
            "report.changed_results.cell",
            value=show(value, say, signed=True),
            interval=interval(low, high, say),
        )
        for value, low, high in (then, now)
    )
    return Row(say.text(study.scales[outcome.scale].name), cells)
