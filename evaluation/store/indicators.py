"""What a run found in each dataset, kept with the run and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, insert, select

from evaluation.records.indicators import DatasetFound, IndicatorFound, Line
from evaluation.store.indicator_tables import run_datasets, run_indicators


def save_datasets(conn: Connection, run: str, found: Sequence[DatasetFound]) -> None:
    datasets = [
        {
            "run": run,
            "position": position,
            "dataset": each.dataset,
            "versions": list(each.versions),
            "batches": each.batches,
            "rows": each.rows,
            "first_day": each.first_day,
            "last_day": each.last_day,
            "planned": [[i.indicator, i.planned] for i in each.indicators],
        }
        for position, each in enumerate(found)
    ]
    lines = [
        {"dataset": each.dataset, "indicator": i.indicator, **asdict(line)}
        for each in found
        for i in each.indicators
        for line in i.lines
    ]
    numbered = [{"run": run, "position": n, **line} for n, line in enumerate(lines)]
    if datasets:
        conn.execute(insert(run_datasets), datasets)
    if numbered:
        conn.execute(insert(run_indicators), numbered)


def load_datasets(conn: Connection, run: str) -> tuple[DatasetFound, ...]:
    """In the order of the study; none for a run that was kept before there were any."""
    lines: dict[tuple[str, str], list[Line]] = {}
    of_run = select(run_indicators).where(run_indicators.c.run == run)
    for row in conn.execute(of_run.order_by(run_indicators.c.position)).mappings():
        said = dict(row)
        key = (said.pop("dataset"), said.pop("indicator"))
        lines.setdefault(key, []).append(_line(said))
    query = select(run_datasets).where(run_datasets.c.run == run).order_by(run_datasets.c.position)
    return tuple(_dataset(dict(row), lines) for row in conn.execute(query).mappings())


def _line(said: dict[str, Any]) -> Line:
    kept = {name: value for name, value in said.items() if name not in ("run", "position")}
    return Line(**kept | {"codes": tuple(kept["codes"])})


def _dataset(row: dict[str, Any], lines: dict[tuple[str, str], list[Line]]) -> DatasetFound:
    indicators = tuple(
        IndicatorFound(name, tuple(lines.get((row["dataset"], name), ())), planned)
        for name, planned in row["planned"]
    )
    return DatasetFound(
        dataset=row["dataset"],
        versions=tuple(row["versions"]),
        batches=row["batches"],
        rows=row["rows"],
        first_day=row["first_day"],
        last_day=row["last_day"],
        indicators=indicators,
    )
