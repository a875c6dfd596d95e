"""What a run found in the datasets → what of it may leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from math import inf, sqrt

from evaluation.design import Field, Indicator, Kind, Study
from evaluation.records.indicators import DatasetFound, IndicatorFound, Line
from evaluation.release.disclosure.audit import PROTECTION
from evaluation.release.disclosure.cells import Cell, Mark, ReleasedNumber, release
from evaluation.release.disclosure.counts import lone_count
from evaluation.release.disclosure.datasets.released import (
    LINE,
    ReleasedDataset,
    ReleasedIndicator,
    ReleasedRow,
    line_key,
)
from evaluation.release.disclosure.datasets.tables import (
    Shown,
    is_about_things,
    names_region,
    shown_places,
    table_name,
    tables_of,
    whole_and_part,
)
from evaluation.release.disclosure.ledger import EarlierReport
from evaluation.release.disclosure.rounding import MEAN_DECIMALS, mean, round_count, share
from evaluation.release.disclosure.seal import SEAL

NORMAL_95 = 1.959964
"""The quantile of Wilson's interval (1927), J. Am. Stat. Assoc. 22:209."""

OF_SHARES = ("share", "share_low", "share_high")
AFTER_MEANS = ("first", "second", "difference", "low", "high")


def protect_datasets(
    found: Sequence[DatasetFound], study: Study, earlier: Sequence[EarlierReport]
) -> tuple[ReleasedDataset, ...]:
    known = [each for each in found if each.dataset in study.instruments]
    return tuple(_Gate(each, study, earlier).released() for each in known)


class _Gate:
    """One dataset with all that is needed to judge it: looked up once."""

    def __init__(self, found: DatasetFound, study: Study, earlier: Sequence[EarlierReport]) -> None:
        self._instrument = study.instruments[found.dataset]
        self._indicators = {each.id: each for each in self._instrument.indicators}
        self._minimum = study.disclosure.minimum_cell
        self._base = study.disclosure.round_counts_to
        self._past = [
            (then, report.cells)
            for report in earlier
            for then in report.comparison.datasets
            if then.dataset == found.dataset
        ]
        # A run of another day may have what the file does not declare any more.
        known = (each for each in found.indicators if each.indicator in self._indicators)
        self._found = replace(found, indicators=tuple(known))
        self._shown = self._places()

    def released(self) -> ReleasedDataset:
        return ReleasedDataset(
            dataset=self._found.dataset,
            versions=self._found.versions,
            batches=self._found.batches,
            first_day=self._found.first_day,
            last_day=self._found.last_day,
            indicators=tuple(
                self._indicator(self._indicators[each.indicator], each)
                for each in self._found.indicators
            ),
            seal=SEAL,
        )

    def _places(self) -> Shown:
        before = [(tuple(tables_of(self._instrument, then)), cells) for then, cells in self._past]
        return shown_places(
            tuple(tables_of(self._instrument, self._found)),
            before,
            minimum=self._minimum,
            base=self._base,
        )

    def _indicator(self, indicator: Indicator, found: IndicatorFound) -> ReleasedIndicator:
        return ReleasedIndicator(
            indicator=indicator.id,
            planned=found.planned,
            held=self._held(indicator, found),
            lines=tuple(self._line(indicator, line) for line in found.lines),
            seal=SEAL,
        )

    def _held(self, indicator: Indicator, found: IndicatorFound) -> int | None:
        if not indicator.delivered or not is_about_things(self._instrument, indicator):
            return None
        return sum(line.n for line in found.lines if line.codes[0] in indicator.delivered)

    def _line(self, indicator: Indicator, line: Line) -> ReleasedRow:
        cells: dict[str, Cell] = dict.fromkeys(LINE, Mark.NOT_APPLICABLE)
        unnamed = names_region(self._instrument, indicator, line)
        if indicator.kind in (Kind.MEAN, Kind.PAIRED):
            cells |= self._means(indicator, line)
        elif indicator.kind is Kind.SHARE:
            cells |= self._share(indicator, line)
        else:
            cells["n"] = self._count(indicator, line)
        for name, cell in cells.items() if unnamed else ():
            cells[name] = cell if cell is Mark.NOT_APPLICABLE else Mark.CONFIDENTIAL
        return ReleasedRow(codes=line.codes, topic=line.topic, seal=SEAL, **cells)

    def _count(self, indicator: Indicator, line: Line) -> Cell:
        if is_about_things(self._instrument, indicator):
            return release(line.n)
        return self._rounded(line.n, self._shown.count(table_name(indicator, line), line))

    def _rounded(self, count: int, shown: bool) -> Cell:
        return release(round_count(count, self._base)) if shown else Mark.CONFIDENTIAL

    def _share(self, indicator: Indicator, line: Line) -> dict[str, Cell]:
        name = table_name(indicator, line, parts=True)
        whole, part = whole_and_part(line)
        shown = self._shown.whole(name, line) and not self._beside_another(indicator, line)
        cells: dict[str, Cell] = {"n": self._rounded(whole, shown)}
        if not (self._shown.whole(name, line) and self._shown.part(name, line)):
            return cells | dict.fromkeys(OF_SHARES, Mark.CONFIDENTIAL)
        return cells | _with_interval(share(part, whole), round_count(whole, self._base))

    def _beside_another(self, indicator: Indicator, line: Line) -> bool:
        """Whether an indicator before it shows a whole that differs from this one's by a few: all
        pupils beside the assessed ones tell how many were not assessed."""
        whole, _ = whole_and_part(line)
        before = takewhile(lambda each: each.indicator != indicator.id, self._found.indicators)
        return any(
            abs(whole_and_part(other)[0] - whole) < self._minimum
            for found in before
            if _other_whole(self._indicators[found.indicator], indicator)
            for other in found.lines
            if other.codes == line.codes
        )

    def _means(self, indicator: Indicator, line: Line) -> dict[str, Cell]:
        cells: dict[str, Cell] = {"n": self._people(indicator, line)}
        hidden = (
            isinstance(cells["n"], Mark)
            or (line.answered or 0) < self._minimum
            or line.alike
            or self._tells(indicator, line)
        )
        for name in AFTER_MEANS:
            value = getattr(line, name)
            asked = indicator.kind is Kind.PAIRED or name == "first"
            if asked:
                cells[name] = Mark.CONFIDENTIAL if hidden else mean(value)
        if indicator.reached is not None:
            reached = self._share(indicator, line)
            hide = isinstance(cells["n"], Mark)
            cells |= {key: Mark.CONFIDENTIAL if hide else reached[key] for key in OF_SHARES}
        return cells

    def _people(self, indicator: Indicator, line: Line) -> Cell:
        """How many a mean stands on; of a class those in it, so that classes add up."""
        if is_about_things(self._instrument, indicator):
            return release(line.answered or 0)
        if line.codes:
            return self._count(indicator, line)
        before = [(then.answered or 0, text) for then, text in self._before(indicator, line, "n")]
        count = line.answered or 0
        return lone_count(count, minimum=self._minimum, base=self._base, before=before)

    def _before(self, indicator: Indicator, line: Line, name: str) -> list[tuple[Line, str | None]]:
        """The same line of every earlier report, and what stood there."""
        key = line_key(self._found.dataset, indicator.id, line.codes, line.topic)
        return [
            (old, cells.get(f"{key}/{name}"))
            for then, cells in self._past
            for each in then.indicators
            if each.indicator == indicator.id
            for old in each.lines
            if (old.codes, old.topic) == (line.codes, line.topic)
        ]

    def _tells(self, indicator: Indicator, line: Line) -> bool:
        """Whether the mean beside an earlier one would tell what a few people answered, or, of
        things, how many people a few of them are about."""
        things = is_about_things(self._instrument, indicator)
        for then, text in self._before(indicator, line, "first"):
            old, new = then.answered or 0, line.answered or 0
            if text is None or text.startswith("[") or not 0 < abs(new - old) < self._minimum:
                continue
            open_sum = 10.0**-MEAN_DECIMALS * (old + new)
            left = open_sum if things else open_sum / abs(new - old)
            if left < (PROTECTION if things else self._range(indicator)):
                return True
        return False

    def _range(self, indicator: Indicator) -> float:
        """How far apart two answers can be: what a reader knows of anybody before he reads."""
        fields = (self._instrument.field(name) for t in indicator.topics for name in t.fields)
        return max(_reach(field) for field in fields)


def _other_whole(one: Indicator, two: Indicator) -> bool:
    """Whether both are shares of the same classes, and of another whole."""
    alike = (one.kind, one.where, one.by) == (Kind.SHARE, two.where, two.by)
    return alike and (one.whole, one.less) != (two.whole, two.less)


def _reach(field: Field) -> float:
    if field.choices is not None:
        values = field.choices.valid_values
        return max(values) - min(values)
    ends = (field.minimum, field.maximum)
    return inf if None in ends else ends[1] - ends[0]  # type: ignore[operator]


def _with_interval(part: Cell, n: int) -> dict[str, Cell]:
    """Wilson's interval of the share as shown, of a rounded number: it tells nothing beyond."""
    if isinstance(part, Mark):
        return dict.fromkeys(OF_SHARES, part)
    low, high = wilson(part.value, n)
    return {"share": part, "share_low": _percent(low), "share_high": _percent(high)}


def wilson(p: float, n: float) -> tuple[float, float]:
    """`p` of `n`, both above nothing."""
    z = NORMAL_95
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    margin = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return middle - margin, middle + margin


def _percent(value: float) -> ReleasedNumber:
    return release(round(value, 2), decimals=2, percent=True)
