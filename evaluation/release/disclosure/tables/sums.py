"""Tables of amounts (hours, sessions, points): what one contributor adds must not be worked out.

A count tells of as many children as it says; an amount may be nearly all one contributor's. So the
rules look at who stands behind each cell: how many, and how much the largest of them brought.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from evaluation.design import Disclosure
from evaluation.errors import DisclosureError
from evaluation.release.disclosure.audit import PROTECTION
from evaluation.release.disclosure.tables.asked import Question
from evaluation.release.disclosure.tables.earlier import history_of
from evaluation.release.disclosure.tables.ends import narrowest_of
from evaluation.release.disclosure.tables.grid import SAME, Grid, as_frame, read_grid
from evaluation.release.disclosure.tables.optimum import LARGEST, best_pattern
from evaluation.release.disclosure.tables.pattern import cheap_pattern
from evaluation.release.disclosure.tables.protection import result_of
from evaluation.release.disclosure.tables.reader import Secrets
from evaluation.release.disclosure.tables.result import ReleasedTables
from evaluation.release.disclosure.tables.rules import USUAL, Dominance, Place, Rule, wholes
from evaluation.release.disclosure.tables.system import assemble, lay_out, with_costs
from evaluation.release.disclosure.tables.work import Work, worth_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Sums:
    """`frame`: amounts that are never negative, with or without totals. `contributors`: the same
    by (row, contributor) and column. `fewest`: contributors that must stand behind a cell;
    None: as many as the study asks for children."""

    frame: pd.DataFrame | pd.Series
    contributors: pd.DataFrame
    dominance: Dominance = USUAL
    fewest: int | None = None


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A cell, or the rest of a total without it (`of`); and how wide nobody may know it."""

    place: Place
    rule: Rule
    guard: float
    of: Place | None = None


def protect_sums(
    asked: Sums, rules: Disclosure, *, alone: bool, totals: str | None = None
) -> ReleasedTables:
    """`alone`: there are no earlier releases; beside them amounts cannot be judged yet.

    DisclosureError: no such table, contributors that do not add up to it, earlier releases.
    """
    if not alone:
        raise DisclosureError("sums_alone")
    grid = read_grid(asked.frame, name="1", totals=totals, whole=False)
    parts = _parts(grid, asked.contributors)
    fewest = rules.minimum_cell if asked.fewest is None else asked.fewest
    sensitive = tuple(_sensitive(grid, parts, replace(asked.dominance, fewest=fewest)))
    work = _work(asked, grid, sensitive, rules, totals)
    system = work.system
    primary = np.array([key in work.rules for key in system.cells])
    secrets = _secrets(work, sensitive)
    hidden = cheap_pattern(system, secrets, primary, width=PROTECTION)
    best = None
    if len(system.cells) <= LARGEST:
        best = best_pattern(system, secrets, primary, width=PROTECTION)
    chosen = hidden if best is None else best
    narrowest = narrowest_of(system, chosen)
    return result_of(work, chosen, optimal=best is not None, narrowest=narrowest)


def _parts(grid: Grid, contributors: pd.DataFrame) -> NDArray[np.float64]:
    """(contributors, rows, columns); a contributor may stand in several rows."""
    names = list(dict.fromkeys(str(label[-1]) for label in contributors.index))
    rows, columns = list(grid.rows), list(grid.columns)
    parts = np.zeros((len(names), len(rows), len(columns)))
    for (row, name), line in zip(contributors.index, contributors.to_numpy(float), strict=True):
        for column, amount in zip(contributors.columns, line, strict=True):
            if str(row) not in rows or str(column) not in columns:
                raise DisclosureError("table_labels", table=grid.name)
            parts[names.index(str(name)), rows.index(str(row)), columns.index(str(column))] += (
                amount
            )
    if (parts < 0).any() or not np.allclose(parts.sum(axis=0), grid.counts, rtol=0, atol=SAME):
        raise DisclosureError("table_contributors", table=grid.name)
    return parts


def _behind(parts: NDArray[np.float64], place: Place) -> NDArray[np.float64]:
    row, column = place
    there = parts.sum(axis=1) if row is None else parts[:, row]
    return np.asarray(there.sum(axis=1) if column is None else there[:, column])


def _sensitive(grid: Grid, parts: NDArray[np.float64], dominance: Dominance) -> Iterator[Sensitive]:
    rows, columns = len(grid.rows), len(grid.columns)
    for place in [(r, c) for r in [*range(rows), None] for c in [*range(columns), None]]:
        own = _behind(parts, place)
        if rule := _rule(own, dominance):
            yield Sensitive(place, rule, _guard(own, dominance))
        for whole in wholes(grid, place, frozenset()):
            rest = _behind(parts, whole) - own
            if _rule(rest, dominance):
                yield Sensitive(place, Rule.COMPLEMENT, _guard(rest, dominance), of=whole)


def _rule(behind: NDArray[np.float64], dominance: Dominance) -> Rule | None:
    """Nothing at all is what each of them brought: none."""
    rule = dominance.rule(np.where(behind > SAME, behind, 0.0))
    if rule is Rule.FEW_SITES:
        return Rule.SMALL
    return rule if behind.sum() > SAME else Rule.NOTHING


def _guard(behind: NDArray[np.float64], dominance: Dominance) -> float:
    """p %: nobody may know the largest contribution better than to this share of it."""
    return max(float(PROTECTION), dominance.rest * float(behind.max()))


def _work(
    asked: Sums, grid: Grid, sensitive: Sequence[Sensitive], rules: Disclosure, totals: str | None
) -> Work:
    layout, true, equations = lay_out([grid], totals=totals)
    question = Question(
        grid=grid,
        frame=as_frame(asked.frame),
        impossible=frozenset(),
        parts=None,
        dominance=asked.dominance,
        weights=np.ones(grid.counts.shape),
    )
    shown = frozenset(layout.of(0, *place) for place in grid.places())
    worth = worth_of((question,), layout, rules.importance)
    found = {layout.of(0, *each.place): each.rule for each in reversed(sensitive)}
    system = assemble(true, equations, shown=shown, fixed=frozenset(), cost=worth)
    return Work(
        questions=(question,),
        layout=layout,
        system=with_costs(system),
        worth=worth,
        rules={key: rule for key, rule in found.items() if key in shown},
        impossible=frozenset(),
        history=history_of((), true, totals=totals, minimum=rules.minimum_cell),
        minimum=rules.minimum_cell,
        base=rules.round_counts_to,
    )


def _secrets(work: Work, sensitive: Sequence[Sensitive]) -> Secrets:
    from scipy.sparse import csr_matrix

    number = work.system.number()
    weights = np.zeros((len(sensitive), len(number)))
    for line, each in enumerate(sensitive):
        sign = 1.0 if each.of is None else -1.0
        weights[line, number[work.layout.of(0, *each.place)]] = sign
        if each.of is not None:
            weights[line, number[work.layout.of(0, *each.of)]] = 1.0
    guards = np.array([each.guard for each in sensitive])
    return Secrets(
        weights=csr_matrix(weights), reach=weights @ work.system.true + guards, width=2 * guards
    )
