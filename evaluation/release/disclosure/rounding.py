"""How coarsely each kind of number leaves (domain.md §3.3): pure functions from number to cell.

None in means that nobody knows the number: it leaves as [x].
"""

from __future__ import annotations

from math import floor

from evaluation.release.disclosure.cells import Cell, Mark, release

MEAN_DECIMALS = 1
MODEL_DECIMALS = 2
P_DECIMALS = 3
SMALLEST_P = 0.001


def round_count(count: int, base: int) -> int:
    """To the nearest multiple of `base`, halves up: the rule a reader would guess."""
    return base * floor((count + base / 2) / base)


def count_range(shown: int, *, base: int, minimum: int) -> tuple[int, int]:
    """The smallest and largest true count that leaves as `shown`: what any reader can know."""
    could_be = [n for n in range(shown - base, shown + base + 1) if round_count(n, base) == shown]
    return max(could_be[0], minimum), max(could_be[-1], minimum)


def mean(value: float | None) -> Cell:
    return _rounded(value, MEAN_DECIMALS)


def model(value: float | None) -> Cell:
    return _rounded(value, MODEL_DECIMALS)


def degrees_of_freedom(value: float | None) -> Cell:
    return _rounded(value, 1)


def p_value(value: float | None) -> Cell:
    if value is not None and value < SMALLEST_P:
        return release(SMALLEST_P, decimals=P_DECIMALS, below=True)
    return _rounded(value, P_DECIMALS)


def share(part: int, whole: int) -> Cell:
    """A whole percent; [low] where it rounds to nothing."""
    percent = round_count(round(10_000 * part / whole), 100) // 100
    return release(percent / 100, decimals=2, percent=True) if percent else Mark.LOW


def proportion(value: float | None) -> Cell:
    """A share of something that is no child: of drawn studies, say."""
    if value is None:
        return Mark.NOT_AVAILABLE
    return release(round(value, 2), decimals=2, percent=True)


def _rounded(value: float | None, decimals: int) -> Cell:
    return (
        Mark.NOT_AVAILABLE if value is None else release(round(value, decimals), decimals=decimals)
    )
