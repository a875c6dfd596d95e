"""What a run found beside its estimates, kept with it and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, insert, select

from evaluation.records.challenges import Linkage
from evaluation.records.measures import (
    CovariateGap,
    Doubtful,
    ItemDifference,
    Loss,
    Measures,
    Reliability,
    Robustness,
    SeenCause,
    Spread,
    Stability,
)
from evaluation.store.measure_table import measures

KINDS: Mapping[str, type[Any]] = {
    "reliabilities": Reliability,
    "stabilities": Stability,
    "item_differences": ItemDifference,
    "losses": Loss,
    "links": Linkage,
    "doubtful": Doubtful,
    "covariate_gaps": CovariateGap,
    "spreads": Spread,
    "robustness": Robustness,
    "seen_causes": SeenCause,
}
"""The fields of `Measures`; a test compares the two."""


def save_measures(conn: Connection, run: str, found: Measures) -> bool:
    """False, and nothing written, where the run has its measures already or there are none."""
    rows = [
        {"run": run, "kind": field.name, "position": position, "record": asdict(record)}
        for field in fields(found)
        for position, record in enumerate(getattr(found, field.name))
    ]
    if not rows or has_measures(conn, run):
        return False
    conn.execute(insert(measures), rows)
    return True


def has_measures(conn: Connection, run: str) -> bool:
    there = select(measures.c.run).where(measures.c.run == run).limit(1)
    return conn.scalar(there) is not None


def load_measures(conn: Connection, run: str) -> Measures:
    """Nothing for a run that was kept before there were any."""
    query = select(measures.c.kind, measures.c.record).where(measures.c.run == run)
    found: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for kind, record in conn.execute(query.order_by(measures.c.kind, measures.c.position)):
        found[kind].append(KINDS[kind](**record))
    return Measures(**{kind: tuple(records) for kind, records in found.items()})
