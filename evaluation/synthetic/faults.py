"""Mistakes planted in synthetic files as `faults.yaml` lists them, and where each went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from evaluation.design.reading import Node, read_yaml
from evaluation.records.codes import child_code
from evaluation.synthetic.rows import stacked
from evaluation.synthetic.sending import Sending

SHIPPED = Path(__file__).with_name("faults.yaml")
KINDS = ("cells", "check_digits", "repeated", "retitled", "refused", "again")
KEYS = ("region", "wave", "row", "field", "value", "claimed", "domain", "effect", "what")
REFUSED_ROWS = 30
"""A refused first attempt needs no more rows than that to be one."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`row` counts children from 1, None where the whole file is meant; `domain` is a row of
    domain.md §5; `claimed` is by how much the control total is wrong."""

    kind: str
    region: str
    wave: int
    row: int | None
    field: str
    value: str
    claimed: int
    domain: int
    effect: str
    what: str


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault that went into `file`; `row` as Excel shows it."""

    file: str
    row: int | None
    fault: Fault


def load_faults(path: Path = SHIPPED) -> tuple[Fault, ...]:
    node = read_yaml(path, path.parent)
    node.entries(*KINDS)
    return tuple(
        _fault(kind, each) for kind in KINDS if node.has(kind) for each in node.at(kind).each()
    )


def _fault(kind: str, node: Node) -> Fault:
    node.entries(*KEYS)
    value = node.at("value").value
    return Fault(
        kind=kind,
        region=node.at("region").text(),
        wave=node.at("wave").integer(),
        row=node.at("row").integer() if node.has("row") else None,
        field=node.at("field").text() if node.has("field") else "",
        value="" if value is None else str(value),
        claimed=node.at("claimed").integer() if node.has("claimed") else 0,
        domain=node.at("domain").integer(),
        effect=node.at("effect").text(),
        what=node.at("what").text(),
    )


@dataclass(frozen=True, slots=True)
class Spoilt:
    """What an office really sends instead of one good file, in this order."""

    sending: Sending
    faults: tuple[tuple[int | None, Fault], ...]  # (row as Excel shows it, fault)
    again: bool = False  # the file before it, under another name


def spoil(
    sending: Sending, faults: tuple[Fault, ...], *, respondent: str | None
) -> Iterator[Spoilt]:
    """`respondent` is the field of the child's code. A fault for which the file has
    no such row or column is left out."""
    mine = [f for f in faults if (f.region, f.wave) == (sending.sender, sending.wave.id)]
    fitting = [
        f
        for f in mine
        if (f.row is None or f.row <= len(sending.rows))
        and (not f.field or f.field in sending.rows.columns)
    ]
    for fault in fitting:
        if fault.kind == "refused":
            yield Spoilt(_first_attempt(sending, fault), ((None, fault),))
    spoilt, places = sending, []
    for fault in fitting:
        if fault.kind in ("cells", "check_digits", "repeated", "retitled"):
            spoilt, row = _plant(spoilt, fault, respondent)
            places.append((row, fault))
    yield Spoilt(spoilt, tuple(places))
    for fault in fitting:
        if fault.kind == "again":
            copy = replace(spoilt, name=f"{sending.name}_again")
            yield Spoilt(copy, ((None, fault),), again=True)


def _first_attempt(sending: Sending, fault: Fault) -> Sending:
    rows = sending.rows.take(np.arange(min(len(sending.rows), REFUSED_ROWS)))
    return replace(
        sending,
        name=f"{sending.name}_first_attempt",
        rows=rows,
        retitled={fault.field: fault.value} if fault.field else {},
        claimed=len(rows) + fault.claimed,
    )


def _plant(sending: Sending, fault: Fault, respondent: str | None) -> tuple[Sending, int | None]:
    """The sending with the fault in it, and the row that Excel shows beside it."""
    if fault.row is None:
        return replace(sending, retitled={**sending.retitled, fault.field: fault.value}), None
    rows, index = sending.rows, fault.row - 1
    if fault.kind == "repeated":
        rows = stacked([rows, rows.take(np.array([index]))])
        index = len(rows) - 1
    elif fault.kind == "cells":
        rows = rows.with_cell(fault.field, index, fault.value)
    elif respondent is not None:
        rows = rows.with_cell(respondent, index, _mistyped(rows.columns[respondent][index]))
    return replace(sending, rows=rows), index + 2


def _mistyped(code: str) -> str:
    """A code whose last digit cannot be right."""
    region, number, digit = code.split("-")
    right = child_code(region, int(number))[-1]
    return f"{region}-{number}-{(int(right) + 1) % 10}" if digit == right else code
