"""Somebody who keeps every report of a year and works on all of them, with paper or with a solver.

The reader sees the files only. To be stronger than any real one, it is also told which counts did
not change between two reports, and how many children came or went where an arm's mean changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_matrix

from tests.evaluation.release.disclosure.attacker import (
    BASE,
    COLUMNS,
    INSIDE,
    MINIMUM,
    Shown,
    secrets,
)

STEPS = ("eligible", "approached", "baseline", "endline", "both", "analysed")
Cell = tuple[str, int]
True_ = dict[str, int]
LOW, HIGH = 1, 5
"""The scale of the year's outcome."""


class Reader:
    """All reports as one system; a count that did not change is one unknown."""

    def __init__(
        self, year: Sequence[True_], seen: Sequence[Shown], *, whole: bool = True, base: int = BASE
    ) -> None:
        """`whole`: solves in whole numbers; else by linear programming. `base`: of the rounding."""
        self.first = {
            (name, n): (name, next(m for m in range(n + 1) if year[m].get(name) == count))
            for n, true in enumerate(year)
            for name, count in true.items()
        }
        self.names = sorted(set(self.first.values()))
        low, high = dict.fromkeys(self.names, 0.0), dict.fromkeys(self.names, 1e5)
        for n, shown in enumerate(seen):
            for name, number in shown.items():
                if number is not None:
                    cell = self.first[name, n]
                    # Rounded numbers leave only from the minimum on; others may be anything.
                    least = MINIMUM if base > 1 else 0
                    low[cell] = max(low[cell], least, number - base // 2)
                    high[cell] = min(high[cell], number + base // 2)
        self.bounds = Bounds(list(low.values()), list(high.values()))
        rules = [rule for n, true in enumerate(year) for rule in self._rules(n, true)]
        self.rules = LinearConstraint(
            csr_matrix(np.array([row for row, _ in rules])), 0.0, [most for _, most in rules]
        )
        self.integers = np.full(len(self.names), float(whole))
        self.possible: list[np.ndarray] = []

    def row(self, weights: Mapping[str, int], n: int) -> np.ndarray:
        row = np.zeros(len(self.names))
        for name, times in weights.items():
            row[self.names.index(self.first[name, n])] += times
        return row

    def _rules(self, n: int, true: True_) -> list[tuple[np.ndarray, float]]:
        """What lies between 0 and 0, and what between 0 and anything."""
        sums = [{f"{s}/total": 1, f"{s}/pilot": -1, f"{s}/comparison": -1} for s in STEPS]
        sums.append({"rows": 1, "accepted": -1, "held": -1, "without_consent": -1})
        more = [{f"{a}/{c}": 1, f"{b}/{c}": -1} for a, b in sorted(INSIDE) for c in COLUMNS]
        more.append({"accepted": 1, "baseline/total": -1, "endline/total": -1})
        holds = [w for w in more if sum(t * true[k] for k, t in w.items()) >= 0]
        return [
            *((self.row(w, n), 0.0) for w in sums),
            *((self.row(w, n), np.inf) for w in holds),
        ]

    def is_open(self, aim: np.ndarray, told: Callable[[int, int], bool]) -> bool:
        """By counts that were found possible on the way, without solving anything."""
        values = [aim @ counts for counts in self.possible]
        return bool(values) and not told(round(min(values)), round(max(values)))

    def interval(self, aim: np.ndarray) -> tuple[int, int]:
        ends = []
        for sign in (1, -1):
            found = self._solved(sign * aim)
            if not found.success:
                # The truth fits, so there is an answer: HiGHS 1.12 sometimes loses it beforehand.
                found = self._solved(sign * aim, presolve=False)
            assert found.success, found.message
            if self.integers.all():
                self.possible.append(np.round(found.x))
            ends.append(sign * found.fun)
        return int(np.ceil(ends[0] - 1e-6)), int(np.floor(ends[1] + 1e-6))

    def _solved(self, aim: np.ndarray, *, presolve: bool = True) -> OptimizeResult:
        return milp(
            aim,
            constraints=self.rules,
            bounds=self.bounds,
            integrality=self.integers,
            options={"presolve": presolve},
        )


def pinned(
    year: Sequence[True_], seen: Sequence[Shown], *, whole: bool = True, base: int = BASE
) -> list[str]:
    """Small groups that the reader calls small, or names to within five; and small changes.

    Not what the releases before told already of a report that would have shown nothing at all: a
    reader who knows that a count is again what it was knows that too, and no gate can help it.
    """
    reader = Reader(year, seen, whole=whole, base=base)
    found = []
    for n, true in enumerate(year):
        asked = [(f"{n}: {weights}", weights, {}) for weights in secrets(true)]
        asked += [
            (f"{n}: change of {name}", {name: 1}, {name: 1})
            for name in (true if n else ())
            if 0 < abs(true[name] - year[n - 1][name]) < MINIMUM
        ]
        for said, weights, before in asked:
            if _told(reader, weights, before, n):
                earlier = Reader(year[: n + 1], [*seen[:n], {}], whole=whole, base=base)
                if not _told(earlier, weights, before, n):
                    found.append(said)
    return found


def _told(reader: Reader, weights: True_, before: True_, n: int) -> bool:
    """`weights` of report `n`, less `before` of the report before it."""
    aim = reader.row(weights, n) - (reader.row(before, n - 1) if before else 0)
    tells = _change_told if before else _small_told
    return not reader.is_open(aim, tells) and tells(*reader.interval(aim))


def _small_told(low: int, high: int) -> bool:
    return high < MINIMUM or high - low < 5


def _change_told(low: int, high: int) -> bool:
    few = max(abs(low), abs(high)) < MINIMUM and not low <= 0 <= high
    return few or high - low < 5


def by_subtraction(true: True_, shown: Shown) -> list[str]:
    """With a pencil: totals minus parts and steps minus later steps, of one report; and what is
    simply printed. Which small groups come out to the child."""
    parts = [(f"{s}/total", (f"{s}/pilot", f"{s}/comparison")) for s in STEPS]
    parts.append(("rows", ("accepted", "held", "without_consent")))
    known = {name: number for name, number in shown.items() if number is not None}
    for total, pieces in parts:
        missing = [name for name in (total, *pieces) if name not in known]
        if missing == [total]:
            known[total] = sum(known[p] for p in pieces)
        elif len(missing) == 1:
            rest = sum(known[p] for p in pieces if p in known)
            known[missing[0]] = known[total] - rest
    small = [w for w in secrets(true) if all(name in known for name in w)]
    return [
        str(w)
        for w in small
        if sum(t * known[k] for k, t in w.items()) == sum(t * true[k] for k, t in w.items())
    ]


def means_pinned(
    children: Sequence[Mapping[str, int]], seen: Sequence[Mapping[str, float | None]]
) -> list[str]:
    """Arms whose two means, of any two reports, say what the few who came or went answered.

    `children`: outcome/arm/time → how many stand behind the mean, report by report.
    """
    found = []
    for now in range(len(seen)):
        for then in range(now):
            for name, new in seen[now].items():
                old = seen[then].get(name)
                n, m = children[now][name], children[then][name]
                if new is None or old is None or not 0 < abs(n - m) < MINIMUM:
                    continue
                widest = 0.1 * (n + m) / abs(n - m)  # each sum is known to 0.05 a child
                if widest < HIGH - LOW:
                    found.append(f"{now} beside {then}: {name}")
    return found
