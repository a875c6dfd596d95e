"""Which cells to hide beside the secret ones: cheaply, and then no more than needed.

For every secret that could be told, the cheapest other table that a reader would have to take for
possible too is found by linear programming (Kelly, Golden and Assad 1992); the cells in which it
differs are hidden. Afterwards every cell hidden on the way is shown again if all secrets stay
safe. Tables found on the way are kept: each is a proof for many secrets at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from evaluation.errors import DisclosureError
from evaluation.release.disclosure.tables.reader import TOLERANCE, Reader, Secrets
from evaluation.release.disclosure.tables.system import System

if TYPE_CHECKING:
    from numpy.typing import NDArray

PATIENCE = 400
"""Linear programmes for showing cells again: all that a small set of tables needs, and on a large
one some seconds. A count, not a time: the same tables are hidden alike on every machine."""

AT_ONCE = 20
"""Secrets looked at one by one before looking at all together again: most are then safe."""


@dataclass(slots=True)
class Search:
    system: System
    secrets: Secrets
    primary: NDArray[np.bool_]
    width: float  # of every hidden cell's interval
    hidden: NDArray[np.bool_] = field(init=False)
    possible: list[NDArray[np.float64]] = field(init=False)
    solved: int = 0

    def __post_init__(self) -> None:
        self.hidden = self.primary | self.system.never
        self.possible = [self.system.true]

    def secondary(self) -> NDArray[np.int_]:
        return np.flatnonzero(self.hidden & ~self.primary & ~self.system.never)

    def everything(self) -> Secrets:
        """The secrets, and that no hidden cell is hidden in vain."""
        return beside(self.secrets, self.secondary(), self.width)


def beside(secrets: Secrets, cells: NDArray[np.int_], width: float) -> Secrets:
    from scipy.sparse import csr_matrix, vstack

    ones = np.ones(len(cells))
    shape = (len(cells), secrets.weights.shape[1])
    own = csr_matrix((ones, (np.arange(len(cells)), cells)), shape=shape)
    return Secrets(
        weights=csr_matrix(vstack([secrets.weights, own])),
        reach=np.append(secrets.reach, -np.inf * ones),
        width=np.append(secrets.width, width * ones),
    )


def cheap_pattern(
    system: System,
    secrets: Secrets,
    primary: NDArray[np.bool_],
    *,
    width: float,
    patience: int = PATIENCE,
) -> NDArray[np.bool_]:
    """The cells (mask) to hide, `primary` included. DisclosureError: nothing would be enough."""
    search = Search(system, secrets, primary, width)
    while not (safe := _proved(search, search.hidden, search.everything())).all():
        _protect(search, search.everything(), np.flatnonzero(~safe)[:AT_ONCE])
    # Most expensive first: what is worth most is the first to be shown again.
    for cell in sorted(search.secondary(), key=lambda c: (-system.cost[c], c)):
        if search.solved >= patience:
            break
        _show_again(search, int(cell))
    return search.hidden & ~system.never


def _proved(search: Search, hidden: NDArray[np.bool_], asked: Secrets) -> NDArray[np.bool_]:
    """Which secrets are safe as it is: tables in which many are large, or small, at once."""
    reader = Reader(search.system, hidden & ~search.system.fixed)
    safe = asked.kept(np.array(search.possible))
    for sign in (1.0, -1.0):
        before = -1
        while not safe.all() and safe.sum() > before:
            before = safe.sum()
            search.solved += 1
            together = np.asarray(asked.weights[~safe].sum(axis=0)).ravel()
            search.possible.append(reader.furthest(sign * together))
            safe = asked.kept(np.array(search.possible))
    return safe


def _protect(search: Search, asked: Secrets, told: NDArray[np.int_]) -> None:
    for index in told:
        one = Secrets(asked.weights[[index]], asked.reach[[index]], asked.width[[index]])
        if one.kept(np.array(search.possible)).all():
            continue
        row = asked.row(int(index))
        least = min(float(row @ table) for table in search.possible)
        goal = max(float(asked.reach[index]), least + float(asked.width[index]))
        table = _cheapest(search, row, goal)
        search.hidden |= np.abs(table - search.system.true) > TOLERANCE
        search.possible.append(table)


def _cheapest(search: Search, secret: NDArray[np.float64], goal: float) -> NDArray[np.float64]:
    """The table nearest to the true one, by cost of what differs, where `secret` gets to `goal`."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import hstack

    system = search.system
    open_ = np.flatnonzero(~system.fixed)
    equal = system.equal[:, open_]
    aim = secret[open_]
    cost = np.where(search.hidden, 0.0, system.cost)[open_] + 1e-9  # no idle movement
    found = milp(
        np.concatenate([cost, cost]),
        constraints=[
            LinearConstraint(hstack([equal, -equal], format="csr"), 0.0, 0.0),
            LinearConstraint(
                np.concatenate([aim, -aim])[None], goal - float(secret @ system.true), np.inf
            ),
        ],
        bounds=Bounds(
            0.0, np.concatenate([np.full(len(open_), system.ceiling), system.true[open_]])
        ),
    )
    if found.status != 0:
        raise DisclosureError("cannot_protect")
    up, down = np.split(found.x, 2)
    table = system.true.copy()
    table[open_] += np.round(up - down, 6)
    return table


def _show_again(search: Search, cell: int) -> None:
    """Shows `cell` if everything else stays safe without it."""
    hidden = search.hidden.copy()
    hidden[cell] = False
    others = search.secondary()
    asked = beside(search.secrets, others[others != cell], search.width)
    still = [
        table
        for table in search.possible
        if abs(table[cell] - search.system.true[cell]) <= TOLERANCE
    ]
    reader = Reader(search.system, hidden)
    for index in np.flatnonzero(~asked.kept(np.array(still))):
        search.solved += 2
        still += reader.tell(asked.row(int(index)), width=True)
        if not asked.kept(np.array(still))[index]:
            return
    search.hidden, search.possible = hidden, still
