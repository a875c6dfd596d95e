"""The personal data gate: what it finds, what it wrongly takes for personal, and how fast it is.

Precision and recall on invented cells; speed against one bare search for a digit in every cell.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np

from benchmarks.personal_cells import MAKERS, Cell, columns, corpus
from benchmarks.timing import seconds
from evaluation.intake.privacy.scan import kinds_in, scan
from evaluation.intake.reading.sheets import Sheet, column_of

OF_EACH, CLEAN, HEIGHT = 1_500, 20_000, 500
LAST_BIRTH_YEAR = 2019


@dataclass(frozen=True, slots=True)
class Score:
    """Of one kind: how many there are, were found at all, were called by it, and called wrongly."""

    there: int
    found: int
    named: int
    wrongly: int

    @property
    def recall(self) -> float:
        return self.found / self.there

    @property
    def precision(self) -> float:
        called = self.named + self.wrongly
        return self.named / called if called else 1.0


@dataclass(frozen=True, slots=True)
class Scores:
    kinds: dict[str, Score]
    clean: int
    false_alarms: tuple[str, ...]
    missed: tuple[Cell, ...]


def scores(cells: list[Cell]) -> Scores:
    there, found, named, wrongly = Counter(), Counter(), Counter(), Counter()
    alarms, missed = [], []
    for column in columns(cells, HEIGHT):
        kinds: dict[int, set[str]] = {}
        for place, kind in kinds_in(tuple(cell.text for cell in column), LAST_BIRTH_YEAR):
            kinds.setdefault(place, set()).add(kind)
        for place, cell in enumerate(column):
            said = kinds.get(place, set())
            there[cell.kind] += 1
            found[cell.kind] += bool(said)
            named[cell.kind] += cell.kind in said
            wrongly.update(said if cell.kind is None else ())
            if cell.kind is None and said:
                alarms.append(cell.text)
            if cell.kind is not None and not said:
                missed.append(cell)
    by_kind = {kind: Score(there[kind], found[kind], named[kind], wrongly[kind]) for kind in MAKERS}
    return Scores(by_kind, there[None], tuple(alarms), tuple(missed))


def main() -> None:
    cells = corpus(seed=2022, of_each=OF_EACH, clean=CLEAN)
    result = scores(cells)
    print(f"{len(cells)} invented cells, {result.clean} of them clean")
    print(f"{'kind':12} {'cells':>6} {'recall':>8} {'precision':>10}")
    for kind, score in result.kinds.items():
        print(f"{kind:12} {score.there:6} {score.recall:8.4f} {score.precision:10.4f}")
    alarms = 10_000 * len(result.false_alarms) / result.clean
    print(f"false alarms in 10,000 clean cells: {alarms:.1f}")
    digit = re.compile(r"\d")
    for what, asked in (("mixed", cells), ("clean", [c for c in cells if c.kind is None])):
        texts = [tuple(cell.text for cell in column) for column in columns(asked, HEIGHT)]
        floor = seconds(lambda: [digit.search(text) for column in texts for text in column])  # noqa: B023
        took = seconds(lambda: [kinds_in(column, LAST_BIRTH_YEAR) for column in texts])  # noqa: B023
        print(f"{what} cells, all distinct: a bare search for a digit {len(asked) / floor:9,.0f}/s")
        print(f"    all kinds {len(asked) / took:9,.0f}/s, {took / floor:5.1f} times the floor")
    rows, width = 5_000, 60
    distinct = 20  # a questionnaire's column holds few different answers, however many rows
    rate = rows * width / seconds(lambda: _scanned(cells, rows, width, distinct))
    print(f"{rows} x {width} cells with {distinct} texts a column: {rate:9,.0f}/s")


def _scanned(cells: list[Cell], rows: int, width: int, distinct: int) -> object:
    clean = [cell.text for cell in cells if cell.kind is None][: width * distinct]
    codes = np.arange(rows, dtype=np.int32) % distinct
    made = tuple(column_of(clean[n * distinct : (n + 1) * distinct], codes) for n in range(width))
    return scan([Sheet(1, "data", rows, made)], {}, last_birth_year=LAST_BIRTH_YEAR)


if __name__ == "__main__":
    main()
