"""The gate beside ACRO on 100 random tables, cell by cell, and who is right where they differ.

ACRO is installed into an environment of its own (it needs pandas < 3). It looks at each cell by
itself; so what it would show is also attacked, as a reader would, by linear programming.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.rival_environment import environment
from evaluation.design import Disclosure
from evaluation.release import ReleasedTables, protect
from evaluation.release.disclosure.rounding import round_count
from evaluation.release.disclosure.tables.rules import Dominance, Rule

HOME = Path(__file__).parent.parent / ".venv" / "acro"
ACRO = "acro==1.0.2"
TABLES, ROWS, COLUMNS, SITES, CHILDREN = 100, 5, 4, 5, 350
MINIMUM, PROTECTION = 10, 5
OURS_ALONE = Dominance(largest=1.0, fewest=1)
"""Without the rules that ACRO does not have: what is left is its p% and its (n,k)."""

Place = tuple[int, int]
Masks = dict[str, set[Place]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """`parts` (sites, rows, columns) children."""

    parts: np.ndarray

    @property
    def counts(self) -> np.ndarray:
        return self.parts.sum(axis=0)

    def table(self) -> pd.DataFrame:
        frame = pd.DataFrame(self.counts).rename_axis(index="row", columns="column")
        frame["All"] = frame.sum(axis=1)
        frame.loc["All"] = frame.sum()
        return frame

    def sites(self) -> pd.DataFrame:
        lines = {(r, s): self.parts[s, r] for s in range(SITES) for r in range(ROWS)}
        return pd.DataFrame.from_dict(lines, orient="index").set_axis(
            pd.MultiIndex.from_tuples(list(lines)), axis=0
        )

    def asked(self) -> str:
        sites = [[r, c, s, int(n)] for (s, r, c), n in np.ndenumerate(self.parts) if n]
        children = [[r, c] for (r, c), n in np.ndenumerate(self.counts) for _ in range(n)]
        size = {"rows": ROWS, "columns": COLUMNS}
        return json.dumps(size | {"children": children, "sites": sites})


def drawn(seed: int) -> Drawn:
    """Rows and columns of unlike size, and sites of very unlike size within each row."""
    rng = np.random.default_rng(seed)
    cells = np.outer(rng.dirichlet([4.0] * ROWS), rng.dirichlet([4.0] * COLUMNS))
    within = np.array([rng.dirichlet([0.7] * SITES) for _ in range(ROWS)])
    shares = within.T[:, :, None] * cells
    return Drawn(rng.multinomial(CHILDREN, shares.ravel() / shares.sum()).reshape(shares.shape))


def of_acro(tables: list[Drawn]) -> list[dict] | None:
    """None: ACRO cannot be installed here."""
    python = environment(HOME, ACRO)
    if python is None:
        return None
    done = subprocess.run(
        [python, str(Path(__file__).with_name("acro_side.py"))],
        input="\n".join(table.asked() for table in tables),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line[5:]) for line in done.stdout.splitlines() if line.startswith("SAID ")]


def of_ours(table: Drawn) -> tuple[Masks, ReleasedTables]:
    """By rule, the cells that the gate hides; dominance from a question of its own."""
    rules = Disclosure(minimum_cell=MINIMUM, round_counts_to=5)
    released = protect(table.table(), rules)
    found: Masks = {rule: set() for rule in Rule}
    for hidden in released.explanations:
        found[hidden.rule].add(_place(hidden.row, hidden.column))
    grid = np.pad(table.parts, ((0, 0), (0, 1), (0, 1)))
    grid[:, :-1, -1], grid[:, -1] = grid[:, :-1, :-1].sum(2), grid[:, :-1].sum(1)
    found[Rule.DOMINANCE] = {
        (r, c)
        for r, c in np.ndindex(ROWS + 1, COLUMNS + 1)
        if OURS_ALONE.rule(grid[:, r, c]) is Rule.DOMINANCE
    }
    return found, released


def _place(row: str, column: str) -> Place:
    return (ROWS if row == "All" else int(row)), (COLUMNS if column == "All" else int(column))


def pinned(table: Drawn, hidden: set[Place]) -> int:
    """How many of the hidden cells a reader can name to within fewer than PROTECTION children.

    The reader knows every number that is shown, totals too, and that none is negative.
    """
    from scipy.optimize import linprog

    full = table.table().to_numpy(int)
    at = list(np.ndindex(full.shape))
    sums = [{(r, c): 1 for c in range(COLUMNS)} | {(r, COLUMNS): -1} for r in range(ROWS + 1)]
    sums += [{(r, c): 1 for r in range(ROWS)} | {(ROWS, c): -1} for c in range(COLUMNS + 1)]
    equal = np.array([[line.get(place, 0) for place in at] for line in sums])
    bounds = [(0, None) if place in hidden else (full[place], full[place]) for place in at]
    close = 0
    for place in hidden:
        aim = np.array([float(other == place) for other in at])
        ends = [
            linprog(way * aim, A_eq=equal, b_eq=0 * equal[:, 0], bounds=bounds) for way in (1, -1)
        ]
        if all(end.status == 0 for end in ends):
            close += -ends[1].fun - ends[0].fun < PROTECTION
    return close


def main() -> None:
    tables = [drawn(seed) for seed in range(TABLES)]
    theirs = of_acro(tables)
    if theirs is None:
        print(f"{ACRO} cannot be installed here: nothing is compared")
        return
    ours = [of_ours(table) for table in tables]
    print(f"{TABLES} tables of {ROWS} x {COLUMNS} with totals, {CHILDREN} children, {ACRO}")
    _threshold(tables, theirs, ours)
    _dominance(tables, theirs, ours)
    _rounding(theirs, tables)


Ours = list[tuple[Masks, ReleasedTables]]


def _threshold(tables: list[Drawn], theirs: list[dict], ours: Ours) -> None:
    seen: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    close: Counter[str] = Counter()
    for table, them, (found, _) in zip(tables, theirs, ours, strict=True):
        acro = {(row, column) for row, column in them["threshold"]}
        small = found[Rule.SMALL] | found[Rule.NOTHING]
        seen += _agreement(small, acro)
        beside += Counter(
            {
                str(rule): len(places - acro)
                for rule, places in found.items()
                if rule is not Rule.DOMINANCE
            }
        )
        everything = set().union(*(p for rule, p in found.items() if rule is not Rule.DOMINANCE))
        for name, hidden in (("ACRO", acro), ("ours", everything)):
            count = pinned(table, hidden)
            close += Counter(
                {
                    f"{name} hidden": len(hidden),
                    f"{name} cells": count,
                    f"{name} tables": int(count > 0),
                }
            )
    _tell(f"fewer than {MINIMUM}", seen)
    print("hidden by the gate only: " + _said(beside))
    for name in ("ACRO", "ours"):
        print(
            f"{name}: of {close[f'{name} hidden']} hidden cells a reader names "
            f"{close[f'{name} cells']} to within fewer than {PROTECTION} children, "
            f"in {close[f'{name} tables']} tables"
        )


def _dominance(tables: list[Drawn], theirs: list[dict], ours: Ours) -> None:
    inner: Counter[str] = Counter()
    margin: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for table, them, (found, _) in zip(tables, theirs, ours, strict=True):
        acro = {(row, column) for row, column in [*them["nk"], *them["p_percent"]]}
        mine = found[Rule.DOMINANCE]
        for place in np.ndindex(ROWS + 1, COLUMNS + 1):
            total = place[0] == ROWS or place[1] == COLUMNS
            one = _agreement(mine & {place}, acro & {place}, cells=1)
            if total:
                margin += one
            else:
                inner += one
                if (place in mine) != (place in acro):
                    kinds[_why(table.parts[:, *place])] += 1
    _tell("p% and (n,k), cells", inner)
    print("of these differ: " + _said(kinds))
    _tell("p% and (n,k), totals", margin)


def _why(parts: np.ndarray) -> str:
    top = np.sort(parts)[::-1]
    exactly = 10 * top[:2].sum() == 9 * top.sum()
    return "two sites hold 90 % exactly" if exactly else "otherwise"


def _rounding(theirs: list[dict], tables: list[Drawn]) -> None:
    cells, totals = Counter[str](), Counter[str]()
    away = 0
    for table, them in zip(tables, theirs, strict=True):
        full = table.table().to_numpy(int)
        for (r, c), count in np.ndenumerate(full):
            same = round_count(int(count), 5) == them["rounded"][r][c]
            (totals if r == ROWS or c == COLUMNS else cells)["same" if same else "differ"] += 1
            away = max(away, abs(int(count) - them["rounded"][r][c]))
    print(f"rounding to 5: cells {_said(cells)}; totals {_said(totals)}")
    print(f"the farthest of ACRO's from the truth: {away} children")


def _agreement(mine: set[Place], acro: set[Place], cells: int | None = None) -> Counter[str]:
    every = (ROWS + 1) * (COLUMNS + 1) if cells is None else cells
    return Counter(
        {
            "both hide": len(mine & acro),
            "both show": every - len(mine | acro),
            "only ours": len(mine - acro),
            "only ACRO": len(acro - mine),
        }
    )


def _tell(rule: str, seen: Counter[str]) -> None:
    same = (seen["both hide"] + seen["both show"]) / seen.total()
    print(f"{rule}: agree on {same:.1%} of {seen.total()} ({_said(seen)})")


def _said(seen: Counter[str]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in seen.items() if count) or "none"


if __name__ == "__main__":
    main()
