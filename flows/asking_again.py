"""All that a report tells, worked out again from the answers as they stood at its cut-off."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from evaluation.analysis import CHALLENGES, MEASURES
from evaluation.design import Study
from evaluation.records.measures import NOTHING
from evaluation.release import Facts
from flows.challenges import challenged, in_order
from flows.comparison import comparison_of
from flows.measures import measured


def asked_again(conn: Connection, study: Study, kept: Facts) -> Facts:
    """The same questions as then: a run that was never challenged or measured is not so now.

    It takes as long as comparing did; nothing of it is kept.
    """
    run = kept.comparison.run
    made = replace(kept, comparison=comparison_of(conn, study, run))
    if kept.evidence:
        columns = (challenged(conn, study, run.id, name) for name in CHALLENGES)
        made = replace(made, evidence=in_order(columns, study))
    if kept.measures != NOTHING:
        parts = (measured(conn, study, run.id, name) for name in MEASURES)
        made = replace(made, measures=sum(parts, NOTHING))
    return made
