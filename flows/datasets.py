"""Every dataset beside the questionnaire: its rows from the store, its indicators from analysis."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from evaluation.analysis import describe_dataset, needed_fields
from evaluation.design import Study
from evaluation.records.indicators import DatasetFound
from evaluation.store.pooled import load_pooled


def datasets_of(conn: Connection, study: Study, as_of: datetime) -> tuple[DatasetFound, ...]:
    """As they stood at `as_of`; a dataset of which nothing was sent is left out."""
    found = []
    for instrument in study.instruments.values():
        if not instrument.indicators:
            continue
        fields = needed_fields(instrument)
        pooled = load_pooled(conn, instrument, as_of=as_of, fields=fields)
        if pooled.versions:
            found.append(
                describe_dataset(instrument, pooled.frame, versions=pooled.versions, study=study)
            )
    return tuple(found)
