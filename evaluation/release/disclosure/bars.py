"""Distributions through the gate: bars are merged until each stands for enough children.

All bars of an outcome have the same ends in both arms and at both waves, or they could not be
compared; so they are merged until the smallest of the four has the minimum. Nothing is then left
to hide, and one bar alone says nothing.

Shares are worked out from rounded counts: of few children, the shares of the true ones say how many
they are to the child, and those of two outcomes how many did not answer one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluation.records.measures import Spread
from evaluation.release.disclosure.cells import Cell
from evaluation.release.disclosure.ledger import EarlierReport
from evaluation.release.disclosure.rounding import round_count, share


@dataclass(frozen=True, slots=True)
class Bar:
    """`cell`: the share of the arm's analysed children who scored from `low` to `high`."""

    outcome: str
    arm: str
    wave: int
    low: float
    high: float
    cell: Cell

    @property
    def key(self) -> tuple[str, ...]:
        return self.outcome, self.arm, *map(str, (self.wave, self.low, self.high))


Series = dict[tuple[str, int], list[Spread]]
"""By arm and wave, the bins of one outcome in order; inside this file."""


def merged_bars(
    spreads: Sequence[Spread], *, minimum: int, base: int, earlier: Sequence[EarlierReport]
) -> tuple[Bar, ...]:
    """None of an outcome that would be one bar, or whose earlier distribution was of nearly the
    same children: the two together would tell of those few."""
    outcomes = dict.fromkeys(spread.outcome for spread in spreads)
    every = {outcome: _series(outcome, spreads) for outcome in outcomes}
    return tuple(
        bar
        for outcome, series in every.items()
        if not _told_before(outcome, series, minimum, earlier)
        for bar in _bars(outcome, series, minimum, base)
    )


def _series(outcome: str, spreads: Sequence[Spread]) -> Series:
    series: Series = {}
    for spread in spreads:
        if spread.outcome == outcome:
            series.setdefault((spread.arm, spread.wave), []).append(spread)
    return series


def _bars(outcome: str, series: Series, minimum: int, base: int) -> Iterator[Bar]:
    groups = _merged(series, minimum)
    if len(groups) < 2:
        return
    for (arm, wave), bins in series.items():
        ends = [bins[first : last + 1] for first, last in groups]
        counts = [round_count(sum(each.children for each in own), base) for own in ends]
        for own, count in zip(ends, counts, strict=True):
            cell = share(count, sum(counts))
            yield Bar(outcome, arm, wave, own[0].low, own[-1].high, cell)


def _merged(series: Series, minimum: int) -> list[tuple[int, int]]:
    """First and last bin of each bar, from the left; what is left over goes to the last bar."""
    bins = list(zip(*series.values(), strict=True))
    groups: list[tuple[int, int]] = []
    first = 0
    for place in range(len(bins)):
        counts = (sum(s.children for s in one[first : place + 1]) for one in series.values())
        if min(counts) >= minimum:
            groups.append((first, place))
            first = place + 1
    if groups and first < len(bins):
        groups[-1] = (groups[-1][0], len(bins) - 1)
    return groups


def _told_before(
    outcome: str, series: Series, minimum: int, earlier: Sequence[EarlierReport]
) -> bool:
    now = {arm: sum(each.children for each in bins) for (arm, _), bins in series.items()}
    prefix = f"measure/spreads/{outcome}/"
    return any(
        0 < abs(now[arm] - then_there) < minimum
        for then in earlier
        if any(key.startswith(prefix) for key in then.cells)
        for estimate in then.comparison.estimates
        if estimate.outcome == outcome
        for arm, then_there in (
            ("pilot", estimate.n_pilot),
            ("comparison", estimate.n_comparison),
        )
        if arm in now
    )
