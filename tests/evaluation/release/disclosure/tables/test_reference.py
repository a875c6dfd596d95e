"""The county × education table of Working Paper 22, against its published intervals and optimum."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evaluation.errors import DisclosureError
from evaluation.release.disclosure.tables.grid import read_grid
from evaluation.release.disclosure.tables.optimum import best_pattern
from evaluation.release.disclosure.tables.pattern import beside, cheap_pattern
from evaluation.release.disclosure.tables.reader import Reader, Secrets
from evaluation.release.disclosure.tables.system import System, assemble, lay_out, with_costs

CASE = Path(__file__).parents[6] / "shared/stats/cases/sdc_wp22_table.json"

# Public domain: FCSM Statistical Policy Working Paper 22 (2005), chapter II.
COUNTIES = [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]]
FLAWED = [(2, 2), (2, 3), (4, 1)]
PUBLISHED = {1: (3, 29), 3: (3, 29), 5: (3, 29)}


def system() -> System:
    frame = pd.DataFrame(COUNTIES, index=list("abcd"), columns=list("wxyz"))
    _, true, equations = lay_out([read_grid(frame, name="1")], totals=None)
    totals = frozenset(key for key in true if len(key[1]) < 2)
    inner = frozenset(true) - totals
    costs = dict.fromkeys(inner, 1.0)
    return with_costs(assemble(true, equations, shown=frozenset(true), fixed=totals, cost=costs))


def cells(*places: tuple[int, int]) -> np.ndarray:
    """A mask of the system's cells, by row and column from 1."""
    made = system()
    wanted = {
        frozenset({(frozenset("abcd"), "abcd"[r - 1]), (frozenset("wxyz"), "wxyz"[c - 1])})
        for r, c in places
    }
    return np.array([what in wanted for _, what in made.cells])


SMALL = [(r + 1, c + 1) for r, c in np.argwhere(np.array(COUNTIES) <= 3)]


def intervals(hidden: list[tuple[int, int]]) -> list[tuple[int, int]]:
    reader = Reader(system(), cells(*hidden))
    return [reader.interval(cells(place).astype(float)) for place in sorted(hidden)]


def secrets(width: float) -> Secrets:
    nothing = Secrets(system().equal[:0], np.array([]), np.array([]))
    return beside(nothing, np.flatnonzero(cells(*SMALL)), width)


def test_hiding_only_small_cells_tells_them_all() -> None:
    assert intervals(SMALL) == [(n, n) for n in (COUNTIES[r - 1][c - 1] for r, c in sorted(SMALL))]


def test_the_flawed_pattern_still_tells_one_cell_exactly() -> None:
    hidden = sorted([*SMALL, *FLAWED])
    assert intervals(hidden)[hidden.index((1, 4))] == (1, 1)


@pytest.mark.parametrize("width", [1, 3, 5])
def test_the_best_pattern_has_the_published_number_and_sum(width: int) -> None:
    made, primary = system(), cells(*SMALL)
    chosen = best_pattern(made, secrets(width), primary, width=0)
    assert chosen is not None
    more = chosen & ~primary
    assert (more.sum(), made.true[more].sum()) == PUBLISHED[width]
    cheap = cheap_pattern(made, secrets(width), primary, width=0) & ~primary
    assert more.sum() <= cheap.sum() <= more.sum() + 1


def test_where_nothing_hidden_would_be_enough_the_release_waits() -> None:
    """As where earlier releases told everything but the small cells."""
    told = replace(system(), fixed=~cells(*SMALL))
    with pytest.raises(DisclosureError, match="cannot_protect"):
        cheap_pattern(told, secrets(5), cells(*SMALL), width=0)


def test_a_search_that_takes_too_long_is_given_up() -> None:
    made, primary = system(), cells(*SMALL)
    assert best_pattern(made, secrets(5), primary, width=5, rounds=1) is None
    assert best_pattern(made, secrets(1e6), primary, width=5) is None


@pytest.mark.skipif(not CASE.exists(), reason="the reference cases are not beside this checkout")
def test_the_reference_case_agrees() -> None:
    expected = {e["key"]: e["value"] for e in json.loads(CASE.read_text("utf-8"))["expected"]}
    for name, hidden in (("primary_only", SMALL), ("flawed_pattern", [*SMALL, *FLAWED])):
        for number, ((row, column), (low, high)) in enumerate(
            zip(sorted(hidden), intervals(hidden), strict=True)
        ):
            key = f"{name}[{number}]"
            found = [expected[f"{key}.{part}"] for part in ("row", "col", "lo", "hi")]
            assert found == [row, column, low, high]
    for width, (count, total) in PUBLISHED.items():
        key = f"optimum.min_interval_width_{width}"
        assert (expected[f"{key}.min_n_secondary"], expected[f"{key}.min_sum_secondary"]) == (
            count,
            total,
        )
