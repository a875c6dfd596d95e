"""A reader keeps every report of a year and works on all of them: nothing small comes out.

The reader sees the files only. To be stronger than any real one, it is also told which counts
did not change between two reports, and solves in whole numbers.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from evaluation.records.estimates import Comparison
from tests.evaluation.release.attacks.files import shown_in
from tests.evaluation.release.attacks.year import comparisons, reports
from tests.evaluation.release.disclosure.attacker import (
    BASE,
    COLUMNS,
    INSIDE,
    MINIMUM,
    Shown,
    secrets,
    true_counts,
)

STEPS = ("eligible", "approached", "baseline", "endline", "both", "analysed")
Cell = tuple[str, int]
Weights = dict[Cell, int]


class Reader:
    """All reports as one system; a count that did not change is one unknown."""

    def __init__(self, year: list[dict[str, int]], seen: list[Shown]) -> None:
        self.first = {
            (name, n): (name, next(m for m in range(n + 1) if year[m][name] == count))
            for n, true in enumerate(year)
            for name, count in true.items()
        }
        self.names = sorted(set(self.first.values()))
        low, high = dict.fromkeys(self.names, 0.0), dict.fromkeys(self.names, 1e5)
        for n, shown in enumerate(seen):
            for name, number in shown.items():
                if number is not None:
                    cell = self.first[name, n]
                    low[cell] = max(low[cell], MINIMUM, number - BASE // 2)
                    high[cell] = min(high[cell], number + BASE // 2)
        self.bounds = Bounds(list(low.values()), list(high.values()))
        self.rules = [rule for n, true in enumerate(year) for rule in self._rules(n, true)]

    def row(self, weights: dict[str, int], n: int) -> np.ndarray:
        row = np.zeros(len(self.names))
        for name, times in weights.items():
            row[self.names.index(self.first[name, n])] += times
        return row

    def _rules(self, n: int, true: dict[str, int]) -> list[LinearConstraint]:
        sums = [{f"{s}/total": 1, f"{s}/pilot": -1, f"{s}/comparison": -1} for s in STEPS]
        sums.append({"rows": 1, "accepted": -1, "held": -1, "without_consent": -1})
        more = [{f"{a}/{c}": 1, f"{b}/{c}": -1} for a, b in INSIDE for c in COLUMNS]
        more.append({"accepted": 1, "baseline/total": -1, "endline/total": -1})
        holds = [w for w in more if sum(t * true[k] for k, t in w.items()) >= 0]
        return [
            *(LinearConstraint(self.row(w, n), 0, 0) for w in sums),
            *(LinearConstraint(self.row(w, n), 0, np.inf) for w in holds),
        ]

    def interval(self, aim: np.ndarray) -> tuple[int, int]:
        ends = []
        for sign in (1, -1):
            found = milp(
                sign * aim,
                constraints=self.rules,
                bounds=self.bounds,
                integrality=np.ones(len(self.names)),
            )
            assert found.success, found.message
            ends.append(round(sign * found.fun))
        return ends[0], ends[1]


def pinned(year: list[dict[str, int]], seen: list[Shown]) -> list[str]:
    """Small groups that the reader calls small, or names to within five; and small changes."""
    reader, found = Reader(year, seen), []
    for n, true in enumerate(year):
        for weights in secrets(true):
            low, high = reader.interval(reader.row(weights, n))
            if high < MINIMUM or high - low < 5:
                found.append(f"{n}: {weights}")
        for name in true if n else ():
            change = true[name] - year[n - 1][name]
            if 0 < abs(change) < MINIMUM:
                aim = reader.row({name: 1}, n) - reader.row({name: 1}, n - 1)
                low, high = reader.interval(aim)
                few = max(abs(low), abs(high)) < MINIMUM and not low <= 0 <= high
                if few or high - low < 5:
                    found.append(f"{n}: change of {name}")
    return found


def attacked(seed: int, releases: int, *, together: bool = True) -> list[str]:
    year = comparisons(seed, releases)
    seen = [shown_in(html) for _, html in reports(year, together=together)]
    return pinned([truth(found) for found in year], seen)


def truth(found: Comparison) -> dict[str, int]:
    return true_counts(found.flow, found.quality)


def unprotected(seed: int, releases: int) -> list[str]:
    """Small counts hidden, the others rounded, each report by itself."""
    year = [truth(found) for found in comparisons(seed, releases)]
    seen = [
        {k: None if n < MINIMUM else int(n / BASE + 0.5) * BASE for k, n in true.items()}
        for true in year
    ]
    return pinned(year, seen)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(3))
def test_no_small_group_comes_out_of_all_reports_together(seed: int) -> None:
    assert attacked(seed, 3) == []


def test_the_same_attack_succeeds_on_reports_that_only_hide_small_counts() -> None:
    assert all(unprotected(seed, 3) for seed in range(2))


def test_it_succeeds_on_reports_that_were_judged_one_by_one() -> None:
    assert any(attacked(seed, 3, together=False) for seed in range(5))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 300))
def test_no_small_group_comes_out_of_any_of_200_studies(seed: int) -> None:
    assert attacked(seed, 4) == []
