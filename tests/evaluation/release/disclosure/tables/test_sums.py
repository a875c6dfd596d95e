"""Amounts (hours, sessions): who stands behind a cell decides, and nobody's own part comes out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from evaluation.design import Disclosure
from evaluation.errors import DisclosureError
from evaluation.language import Language, languages
from evaluation.release import Earlier, Sums, protect
from evaluation.release.disclosure.tables.rules import Dominance, Rule

EXACT = Disclosure(round_counts_to=1)
ROWS, COLUMNS = list("ABCD"), list("wxyz")
SITES = Dominance(fewest=3)


def drawn(seed: int, contributors: int = 5) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Hours by row and column with totals, and what each contributor brought."""
    draw = np.random.default_rng(seed)
    parts = np.round(draw.gamma(0.7, 40, (contributors, len(ROWS), len(COLUMNS))), 1)
    lines = {(row, f"s{s}"): parts[s, r] for r, row in enumerate(ROWS) for s in range(contributors)}
    behind = pd.DataFrame.from_dict(lines, orient="index", columns=COLUMNS)
    behind.index = pd.MultiIndex.from_tuples(behind.index)
    table = pd.DataFrame(parts.sum(axis=0), index=ROWS, columns=COLUMNS)
    table["All"] = table.sum(axis=1)
    table.loc["All"] = table.sum()
    return table, behind


def known(table: pd.DataFrame, shown: pd.DataFrame, aim: np.ndarray) -> tuple[float, float]:
    """The least and the most that a sum of cells can be, for who knows every shown cell exactly."""
    size = table.shape
    equal = []
    for r in range(size[0]):
        line = np.zeros(size)
        line[r, :-1], line[r, -1] = 1, -1
        equal.append(line.ravel())
    for c in range(size[1]):
        line = np.zeros(size)
        line[:-1, c], line[-1, c] = 1, -1
        equal.append(line.ravel())
    hidden = (shown == "[c]").to_numpy().ravel()
    true = table.to_numpy().ravel()
    bounds = [(0, 1e6) if h else (t, t) for h, t in zip(hidden, true, strict=True)]
    ends = [
        linprog(sign * aim.ravel(), A_eq=np.array(equal), b_eq=np.zeros(len(equal)), bounds=bounds)
        for sign in (1, -1)
    ]
    assert all(end.status == 0 for end in ends)
    return ends[0].fun, -ends[1].fun


@pytest.mark.parametrize("seed", range(8))
def test_nobody_learns_the_largest_contribution_of_a_sensitive_cell(seed: int) -> None:
    """p %: whoever knows all other cells, and that none is negative, stays 10 % away from it."""
    table, behind = drawn(seed)
    shown = protect(Sums(table, behind, SITES, fewest=3), EXACT).table
    sensitive = 0
    for r, row in enumerate(ROWS):
        for c, column in enumerate(COLUMNS):
            own = np.sort(behind.loc[row][column].to_numpy())[::-1]
            nearly = own[2:].sum() < 0.1 * own[0] or own[:2].sum() > 0.9 * own.sum()
            if not (nearly or own[0] > 0.5 * own.sum()):
                continue
            sensitive += 1
            aim = np.zeros(table.shape)
            aim[r, c] = 1
            low, high = known(table, shown, aim)
            assert shown.loc[row, column] == "[c]"
            assert high >= table.loc[row, column] + 0.1 * own[0] - 1e-4
            assert high - low >= max(10.0, 0.2 * own[0]) - 1e-4
    assert sensitive > 2


def test_hiding_the_sensitive_cells_alone_would_tell_them() -> None:
    table, behind = drawn(1)
    released = protect(Sums(table, behind, SITES, fewest=3), EXACT)
    primary = {(e.row, e.column) for e in released.explanations if e.rule is not Rule.SECONDARY}
    assert released.audit.secondary > 0
    alone = released.table.copy()
    for row in alone.index:
        for column in alone.columns:
            if (row, column) not in primary:
                alone.loc[row, column] = table.loc[row, column]
    told = 0
    for row, column in primary:
        aim = np.zeros(table.shape)
        aim[list(table.index).index(row), list(table.columns).index(column)] = 1
        low, high = known(table, alone, aim)
        told += high - low < 10
    assert told


EVEN = [12.0, 11.0, 13.0, 12.5]
CASES = {
    "many alike": (EVEN, None),
    "two people": ([40.0, 45.0, 0, 0], Rule.SMALL),
    "nobody": ([0, 0, 0, 0], Rule.NOTHING),
    "one is most of it": ([60.0, 20.0, 19.0, 18.0], Rule.DOMINANCE),
    "two are nearly all": ([48.0, 47.0, 3.0, 2.0], Rule.DOMINANCE),
    "one as much as the rest": ([50.0, 20.0, 15.0, 15.0], None),
}


@pytest.mark.parametrize(("amounts", "rule"), CASES.values(), ids=CASES.keys())
def test_each_rule_of_amounts(amounts: list[float], rule: Rule | None) -> None:
    lines = {(row, f"s{s}"): EVEN[s] for row in "ABC" for s in range(4)}
    lines |= {("D", f"s{s}"): amount for s, amount in enumerate(amounts)}
    behind = pd.Series(lines).to_frame("hours")
    released = protect(Sums(behind.groupby(level=0).sum(), behind, SITES, fewest=3), EXACT)
    assert {e.row: e.rule for e in released.explanations}.get("D") is rule
    assert released.audit.told_before == 0


def test_people_behind_a_cell_are_counted_like_children_unless_told_otherwise() -> None:
    lines = {(row, f"p{p}"): 10.0 + p for row in "AB" for p in range(12 if row == "A" else 9)}
    behind = pd.Series(lines).to_frame("hours")
    asked = Sums(behind.groupby(level=0).sum(), behind)
    # B has nine; and whoever sees A and the sum of both would have B.
    assert list(protect(asked, EXACT).table["hours"]) == ["[c]", "[c]"]
    looser = Disclosure(minimum_cell=5, round_counts_to=1)
    assert list(protect(asked, looser).table["hours"]) == [186, 126]


def test_amounts_leave_rounded() -> None:
    behind = pd.Series({("A", f"p{p}"): 10.26 for p in range(12)}).to_frame("hours")
    assert protect(Sums(behind.groupby(level=0).sum(), behind)).table.loc["A", "hours"] == 125


def wrong(**changes: object) -> Sums:
    table, behind = drawn(0)
    return Sums(**{"frame": table, "contributors": behind, "dominance": SITES, **changes})


def test_contributors_must_make_the_table() -> None:
    table, behind = drawn(0)
    elsewhere = behind.rename(index={"A": "Q"}, level=0)
    for asked, rule in (
        (wrong(contributors=behind * 2), "table_contributors"),
        (wrong(frame=table - 1e4), "table_not_counts"),
        (wrong(contributors=elsewhere), "table_labels"),
        (wrong(contributors=behind.rename(columns={"w": "q"})), "table_labels"),
        (wrong(frame=table.replace(table.loc["All", "w"], 1.0)), "table_margins"),
    ):
        with pytest.raises(DisclosureError, match=rule):
            protect(asked)


def test_what_cannot_be_compared_with_earlier_releases_does_not_leave_beside_them() -> None:
    counts = pd.DataFrame([[30, 40], [50, 60]])
    with pytest.raises(DisclosureError, match="sums_alone") as caught:
        protect(wrong(), earlier=[Earlier(counts, protect(counts))])  # type: ignore[call-overload]
    for code in languages():
        assert Language(code)(caught.value.message)


def test_a_large_table_of_amounts_takes_the_cheap_way() -> None:
    draw = np.random.default_rng(4)
    parts = draw.gamma(0.7, 40, (5, 20, 8))
    lines = {(f"r{r}", f"s{s}"): parts[s, r] for r in range(20) for s in range(5)}
    behind = pd.DataFrame.from_dict(lines, orient="index")
    behind.index = pd.MultiIndex.from_tuples(behind.index)
    released = protect(Sums(behind.groupby(level=0).sum(), behind, SITES, fewest=3), EXACT)
    assert not released.audit.optimal and (released.audit.narrowest or 0) >= 5
