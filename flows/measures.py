"""What is asked of a run beside its estimates, without Prefect: the run's own rows → one part."""

from __future__ import annotations

from sqlalchemy import Connection

from evaluation.analysis import cases_of, fields_needed, measure
from evaluation.design import Study
from evaluation.records.measures import Measures
from evaluation.store.estimates import load_comparison
from evaluation.store.pooled import load_compared
from flows.comparison import plan_of


def measured(conn: Connection, study: Study, run: str, name: str) -> Measures:
    """One entry of `MEASURES`, on the data that the run saw."""
    as_of = load_comparison(conn, run).run.as_of
    instrument = study.instruments[plan_of(study).instrument]
    responses = load_compared(conn, instrument, as_of=as_of, fields=fields_needed(study)).frame
    return measure(cases_of(responses, study), name)
