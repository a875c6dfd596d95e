"""A set of contingency tables through the gate: rules, pattern, audit, result.

The pattern is safe against a reader who knows every shown number exactly; that shown numbers are
rounded as well is not relied on. (The participant flow relies on it: see counts.py.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from evaluation.release.disclosure.audit import PROTECTION
from evaluation.release.disclosure.cells import Cell, Mark, release
from evaluation.release.disclosure.rounding import round_count
from evaluation.release.disclosure.seal import SEAL
from evaluation.release.disclosure.tables.earlier import (
    Earlier,
)
from evaluation.release.disclosure.tables.ends import narrowest_of
from evaluation.release.disclosure.tables.optimum import LARGEST, best_pattern
from evaluation.release.disclosure.tables.pattern import PATIENCE, cheap_pattern
from evaluation.release.disclosure.tables.reader import Secrets
from evaluation.release.disclosure.tables.result import (
    Explanation,
    ReleasedTable,
    ReleasedTables,
    TableAudit,
)
from evaluation.release.disclosure.tables.rules import Rule, wholes
from evaluation.release.disclosure.tables.system import (
    Key,
)
from evaluation.release.disclosure.tables.work import Work, prepare

if TYPE_CHECKING:
    from numpy.typing import NDArray


def protect_tables(
    asked: object,
    *,
    minimum: int,
    base: int,
    totals: str | None = None,
    importance: Mapping[str, float],
    earlier: Sequence[Earlier] = (),
    largest: int = LARGEST,
    patience: int = PATIENCE,
) -> ReleasedTables:
    """`largest` (cells of the system) and `patience`: how long to look for the best pattern.

    DisclosureError: no such tables can be read, or nothing could protect them."""
    work = prepare(asked, minimum, base, totals, importance, earlier)
    system = work.system
    primary = np.array([key in work.rules for key in system.cells]) & ~system.fixed
    secrets = _secrets(work)
    hidden = cheap_pattern(system, secrets, primary, width=PROTECTION, patience=patience)
    best = (
        best_pattern(system, secrets, primary, width=PROTECTION)
        if len(system.cells) <= largest
        else None
    )
    chosen = hidden if best is None else best
    return result_of(work, chosen, optimal=best is not None, narrowest=narrowest_of(system, chosen))


def _secrets(work: Work) -> Secrets:
    """Small cells must look possibly large; the rest of a complement too; the others be unclear."""
    from scipy.sparse import csr_matrix

    number = work.system.number()
    rows: list[tuple[dict[int, float], float, float]] = []
    for key, rule in work.rules.items():
        at = number[key]
        if work.system.fixed[at]:
            continue  # told by an earlier release: it cannot be taken back
        small = rule in (Rule.SMALL, Rule.NOTHING)
        width = 2 * work.minimum if rule is Rule.DIFFERENCING else PROTECTION
        rows.append(({at: 1.0}, work.minimum if small else -np.inf, width))
    rows += [({number[key]: 1.0}, work.minimum, PROTECTION) for key in work.history.secret]
    rows += [(weights, work.minimum, PROTECTION) for weights in _rests(work, number)]
    entries = [
        (i, cell, times)
        for i, (weights, _, _) in enumerate(rows)
        for cell, times in weights.items()
    ]
    shape = (len(rows), len(number))
    line, column, value = zip(*entries, strict=True) if entries else ((), (), ())
    return Secrets(
        weights=csr_matrix((value, (line, column)), shape=shape),
        reach=np.array([reach for _, reach, _ in rows], dtype=float),
        width=np.array([width for _, _, width in rows], dtype=float),
    )


def _rests(work: Work, number: Mapping[Key, int]) -> Iterable[dict[int, float]]:
    """Total minus cell, where that is a small group which no release has told already."""
    system, seen = work.system, set()
    for index, question in enumerate(work.questions):
        for place in question.grid.places():
            for whole in wholes(question.grid, place, question.impossible):
                total, cell = (number[work.layout.of(index, *p)] for p in (whole, place))
                rest = system.true[total] - system.true[cell]
                if rest >= work.minimum or (total, cell) in seen:
                    continue
                seen.add((total, cell))
                if not (system.fixed[total] and system.fixed[cell]):
                    yield {total: 1.0, cell: -1.0}


def result_of(
    work: Work, hidden: NDArray[np.bool_], *, optimal: bool, narrowest: int | None
) -> ReleasedTables:
    system = work.system
    number = system.number()
    open_ = {key for _, _, key in work.places()} - work.impossible
    gone = {key for key in open_ if hidden[number[key]] or key in work.rules}
    audit = TableAudit(
        cells=len(open_),
        primary=len(gone & work.rules.keys()),
        secondary=len(gone - work.rules.keys()),
        narrowest=narrowest,
        kept=1 - sum(work.worth[key] for key in gone) / sum(work.worth.values()),
        optimal=optimal,
        told_before=sum(bool(system.fixed[number[key]]) for key in gone & work.rules.keys()),
        minimum_cell=work.minimum,
        round_counts_to=work.base,
        seal=SEAL,
    )
    return ReleasedTables(
        parts=tuple(_table(work, index, gone) for index in range(len(work.questions))),
        audit=audit,
        explanations=tuple(_explanations(work, gone)),
        seal=SEAL,
    )


def _table(work: Work, index: int, gone: set[Key]) -> ReleasedTable:
    frame, grid = work.questions[index].frame, work.questions[index].grid
    width = frame.shape[1]
    cells = [_cell(work, work.layout.of(index, *place), gone) for place in grid.places()]
    return ReleasedTable(
        name=grid.name,
        index=tuple(frame.index),
        columns=tuple(frame.columns),
        index_name=frame.index.name,
        columns_name=frame.columns.name,
        cells=tuple(tuple(cells[n : n + width]) for n in range(0, len(cells), width)),
        seal=SEAL,
    )


def _cell(work: Work, key: Key, gone: set[Key]) -> Cell:
    if key in work.impossible:
        return Mark.NOT_APPLICABLE
    if key in gone:
        return Mark.CONFIDENTIAL
    shown = round_count(round(work.system.true[work.system.number()[key]]), work.base)
    return release(shown) if shown else Mark.LOW


def _explanations(work: Work, gone: set[Key]) -> Iterable[Explanation]:
    for index, (row, column), key in work.places():
        if key in gone:
            frame = work.questions[index].frame
            yield Explanation(
                table=work.questions[index].grid.name,
                row=str(frame.index[-1 if row is None else row]),
                column=str(frame.columns[-1 if column is None else column]),
                rule=work.rules.get(key, Rule.SECONDARY),
            )
