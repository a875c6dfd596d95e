"""One dataset's stored rows → everything its instrument file asks of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from evaluation.analysis.indicators.classes import chosen, classes
from evaluation.analysis.indicators.kinds import add_up, average, count, paired, share
from evaluation.analysis.indicators.standing import column_of, standing_rows
from evaluation.design import Indicator, Instrument, Kind, Study
from evaluation.records.indicators import DatasetFound, IndicatorFound, Line

if TYPE_CHECKING:
    import pandas as pd

KINDS: Mapping[
    Kind, Callable[[pd.DataFrame, tuple[str, ...], Indicator, Instrument], Iterator[Line]]
] = {
    Kind.COUNT: count,
    Kind.SUM: add_up,
    Kind.SHARE: share,
    Kind.MEAN: average,
    Kind.PAIRED: paired,
}


def needed_fields(instrument: Instrument) -> tuple[str, ...]:
    """The stored columns that its indicators, entries and periods are made of."""
    identity = instrument.identity
    asked = (name for indicator in instrument.indicators for name in indicator.fields)
    names = (*asked, *identity.entry, *identity.period)
    keys = ("respondent", "region", "wave")
    columns = (column_of(name, identity) for name in names)
    return tuple(dict.fromkeys(column for column in columns if column not in keys))


def describe_dataset(
    instrument: Instrument, frame: pd.DataFrame, *, versions: tuple[int, ...], study: Study
) -> DatasetFound:
    """`frame`: KEY columns and `needed_fields`, in the order in which the batches arrived;
    `versions`: those of the instrument that it was pooled of."""
    rows = standing_rows(frame, instrument)
    first, last = _days(rows, instrument)
    return DatasetFound(
        dataset=instrument.id,
        versions=versions,
        batches=int(rows["batch"].nunique()),
        rows=len(rows),
        first_day=first,
        last_day=last,
        indicators=tuple(_found(i, instrument, rows, study) for i in instrument.indicators),
    )


def _found(
    indicator: Indicator, instrument: Instrument, rows: pd.DataFrame, study: Study
) -> IndicatorFound:
    kind = KINDS[indicator.kind]
    lines = tuple(
        line
        for codes, members in classes(chosen(rows, indicator, instrument), indicator, instrument)
        for line in kind(members, codes, indicator, instrument)
    )
    planned = sum(site.sessions_planned for site in study.sites.values())
    return IndicatorFound(indicator.id, lines, planned if indicator.delivered else None)


def _days(rows: pd.DataFrame, instrument: Instrument) -> tuple[date | None, date | None]:
    """First and last day of the periods that count."""
    if not instrument.identity.period or rows.empty:
        return None, None
    start, end = (rows[name].dropna() for name in instrument.identity.period)
    return date.fromisoformat(start.min()), date.fromisoformat(end.max())
