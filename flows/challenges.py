"""The evidence table of a run without Prefect: the run's own rows → every cell of the table."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from evaluation.analysis import CHALLENGES, cases_of, challenge, fields_needed
from evaluation.design import Study
from evaluation.records.challenges import Challenge
from evaluation.store.estimates import load_comparison
from evaluation.store.pooled import load_compared
from flows.comparison import plan_of


def challenged(conn: Connection, study: Study, run: str, name: str) -> list[Challenge]:
    """One column: the challenge `name` of every outcome, on the data that the run saw."""
    as_of = load_comparison(conn, run).run.as_of
    instrument = study.instruments[plan_of(study).instrument]
    responses = load_compared(conn, instrument, as_of=as_of, fields=fields_needed(study)).frame
    return [challenge(case, name) for case in cases_of(responses, study)]


def in_order(columns: Iterable[Iterable[Challenge]], study: Study) -> tuple[Challenge, ...]:
    """Columns that came as they were ready, row by row as the table has them."""
    rows = [outcome.id for outcome in plan_of(study).outcomes]
    names = list(CHALLENGES)
    cells = [cell for column in columns for cell in column]
    return tuple(sorted(cells, key=lambda c: (rows.index(c.outcome), names.index(c.name))))
