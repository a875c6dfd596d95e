"""What stands beside the estimates of a run: saved and loaded with them, never apart.

An estimate that was kept before there were opinions has no line, and comes back without.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Table, insert, select

from evaluation.records.estimates import Estimate
from evaluation.records.opinions import (
    Bootstrap,
    Companion,
    LeftOut,
    Leverage,
    Permutation,
    Word,
)
from evaluation.store import tables

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

SINGLE: dict[str, type[Any]] = {
    "permutation": Permutation,
    "left_out": LeftOut,
    "leverage": Leverage,
}
"""Parts of which an estimate has one or none: columns that begin with the part's name."""

SEVERAL: dict[str, tuple[Table, type[Any]]] = {
    "bootstraps": (tables.estimate_bootstraps, Bootstrap),
    "companions": (tables.estimate_companions, Companion),
}
"""Parts with a line each."""

PLAIN = ("verdict", "intraclass", "p_max_t", "q_sharpened")
LISTS = ("verdict_reasons", "unavailable")

PARTS = (*SINGLE, *SEVERAL, *PLAIN, *LISTS)
"""The fields of an `Estimate` that are kept here and not in its own table."""

Part = TypeVar("Part")


def add_opinions(conn: Connection, run: str, estimates: Sequence[Estimate]) -> None:
    for position, estimate in enumerate(estimates):
        if estimate.verdict is None:
            continue
        key = {"run": run, "position": position}
        conn.execute(insert(tables.estimate_opinions).values(key | _line(estimate)))
        for name, (table, _) in SEVERAL.items():
            lines = [
                key | {"number": number} | asdict(part)
                for number, part in enumerate(getattr(estimate, name))
            ]
            if lines:
                conn.execute(insert(table), lines)


def with_opinions(
    conn: Connection, run: str, estimates: Sequence[Estimate]
) -> tuple[Estimate, ...]:
    """The run's estimates, in their order, with what was kept beside them."""
    table = tables.estimate_opinions
    lines = conn.execute(select(table).where(table.c.run == run)).mappings()
    found = {line["position"]: _parts(line) for line in lines}
    for name, (table, kind) in SEVERAL.items():
        for position, parts in _several(conn, run, table, kind).items():
            found[position][name] = tuple(parts)
    return tuple(replace(e, **found.get(place, {})) for place, e in enumerate(estimates))


def _line(estimate: Estimate) -> dict[str, Any]:
    line = {name: getattr(estimate, name) for name in (*PLAIN, *LISTS)}
    for name, kind in SINGLE.items():
        part: DataclassInstance | None = getattr(estimate, name)
        numbers = asdict(part) if part else dict.fromkeys(_names(kind))
        line |= {f"{name}_{field}": value for field, value in numbers.items()}
    return line


def _parts(line: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        "verdict": Word(line["verdict"]),
        "verdict_reasons": tuple(line["verdict_reasons"]),
        "unavailable": tuple((opinion, rule) for opinion, rule in line["unavailable"]),
        **{name: line[name] for name in PLAIN if name != "verdict"},
        **{name: _single(line, name, kind) for name, kind in SINGLE.items()},
    }


def _single(line: Mapping[Any, Any], name: str, kind: type[Part]) -> Part | None:
    values = {field: line[f"{name}_{field}"] for field in _names(kind)}
    return kind(**values) if any(value is not None for value in values.values()) else None


def _several(conn: Connection, run: str, table: Table, kind: type[Part]) -> dict[int, list[Part]]:
    rows = select(table).where(table.c.run == run).order_by(table.c.position, table.c.number)
    found: dict[int, list[Part]] = {}
    for row in conn.execute(rows).mappings():
        part = kind(**{field: row[field] for field in _names(kind)})
        found.setdefault(row["position"], []).append(part)
    return found


def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
