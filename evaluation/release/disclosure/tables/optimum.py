"""The cheapest pattern there is, for small tables, by cutting planes (Fischetti and Salazar 2001).

A small integer programme chooses what to hide. Where a reader could then tell a secret, the dual
prices of the reader's linear programme say which cells it takes to stop that: one more
inequality, and the choice is made anew. Without a secret left to tell, the choice is optimal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evaluation.release.disclosure.tables.pattern import beside
from evaluation.release.disclosure.tables.reader import TOLERANCE, Secrets
from evaluation.release.disclosure.tables.system import System

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST = 90
"""Cells of a system that is worth it: some seconds. Beyond, the cheap pattern stands."""

ROUNDS = 60

Cut = tuple["NDArray[np.float64]", float]
"""By how much hiding each cell lifts a secret's interval, and how far it has to be lifted."""


def best_pattern(
    system: System,
    secrets: Secrets,
    primary: NDArray[np.bool_],
    *,
    width: float,
    rounds: int = ROUNDS,
) -> NDArray[np.bool_] | None:
    """The cells (mask) to hide, `primary` included; None where the search was given up."""
    always = primary | system.never
    candidates = np.flatnonzero(~always & ~system.fixed)
    asked = beside(secrets, candidates, width)
    owners: list[int | None] = [None] * len(secrets.reach) + [int(cell) for cell in candidates]
    cuts: list[Cut] = []
    for _ in range(rounds):
        hidden = _choose(system, always, cuts)
        if hidden is None:
            return None
        new = [
            _cut(found, always, owner)
            for index, owner in enumerate(owners)
            if owner is None or hidden[owner]
            for found in _told(system, hidden, asked, index)
        ]
        if not new:
            return hidden & ~system.never
        cuts += new
    return None


def _choose(system: System, always: NDArray[np.bool_], cuts: list[Cut]) -> NDArray[np.bool_] | None:
    from scipy.optimize import Bounds, LinearConstraint, milp

    low = always.astype(float)
    least = np.array([least for _, least in cuts])
    found = milp(
        np.where(system.never, 0.0, system.cost),
        constraints=[LinearConstraint(np.array([c for c, _ in cuts]), least)] if cuts else [],
        bounds=Bounds(low, np.where(system.fixed, low, 1.0)),
        integrality=np.ones(len(low)),
    )
    return found.x > 0.5 if found.status == 0 else None


def _told(system: System, hidden: NDArray[np.bool_], asked: Secrets, index: int) -> list[Cut]:
    """What would have to be lifted, and how far, because secret `index` can be told."""
    row = asked.row(index)
    high, up = _ceiling(system, hidden, row)
    if high < asked.reach[index] - TOLERANCE:
        return [(up, float(asked.reach[index] - row @ system.true))]
    low, down = _ceiling(system, hidden, -row)
    if high + low < asked.width[index] - TOLERANCE:
        return [(up + down, float(asked.width[index]))]
    return []


def _cut(told: Cut, always: NDArray[np.bool_], owner: int | None) -> Cut:
    """`owner`: a secret only while this cell is hidden; None: always."""
    lifts, least = told
    there = always.copy()
    if owner is not None:
        there[owner] = True
    missing = least - float(lifts[there].sum())
    coefficients = np.where(there, 0.0, np.minimum(lifts, missing))
    if owner is None:
        return coefficients, missing
    coefficients[owner] = -missing
    return coefficients, 0.0


def _ceiling(
    system: System, hidden: NDArray[np.bool_], row: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """The highest value, and by how much hiding each cell could lift it at most (dual prices)."""
    from scipy.optimize import linprog

    bounds = np.column_stack(
        [np.where(hidden, 0.0, system.true), np.where(hidden, system.ceiling, system.true)]
    )
    zeros = np.zeros(system.equal.shape[0])
    found = linprog(-row, A_eq=system.equal, b_eq=zeros, bounds=bounds)
    assert found.status == 0, found.message
    price = row + system.equal.T @ found.eqlin.marginals
    lift = np.where(price > 0, price * (system.ceiling - system.true), -price * system.true)
    return -float(found.fun), np.where(np.abs(price) > TOLERANCE, lift, 0.0)
