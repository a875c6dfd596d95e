"""From the rows of one class to the line of a table: a function a kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.design import Choice, Indicator, Instrument, Topic
from evaluation.records.indicators import Line

if TYPE_CHECKING:
    import pandas as pd

LEVEL = 0.95
Codes = tuple[str, ...]


def count(rows: pd.DataFrame, codes: Codes, of: Indicator, by: Instrument) -> Iterator[Line]:
    yield Line(codes, n=len(rows))


def add_up(rows: pd.DataFrame, codes: Codes, of: Indicator, by: Instrument) -> Iterator[Line]:
    for place, topic in enumerate(of.topics):
        yield Line(codes, n=int(_sum(rows, topic.fields)), topic=place)


def share(rows: pd.DataFrame, codes: Codes, of: Indicator, by: Instrument) -> Iterator[Line]:
    """Of people added up, or of rows that have an answer at all."""
    if not of.of:
        whole = _sum(rows, of.whole) - _sum(rows, of.less)
        yield Line(codes, n=int(whole), part=int(_sum(rows, of.part)))
        return
    ((name, wanted),) = of.of.items()
    answers = rows[name].dropna().astype("str")
    missing = [choice.code for choice in _choices(by, name) if choice.missing]
    answers = answers[~answers.isin(missing)]
    yield Line(codes, n=len(answers), part=int(answers.isin(wanted).sum()))


def average(rows: pd.DataFrame, codes: Codes, of: Indicator, by: Instrument) -> Iterator[Line]:
    for place, topic in enumerate(of.topics):
        values = _values(rows, topic.fields[0], by)
        there = values[~np.isnan(values)]
        yield Line(
            codes,
            n=len(rows),
            topic=place,
            answered=len(there),
            first=float(there.mean()) if len(there) else None,
            alike=len(set(there)) == 1,
        )


def paired(rows: pd.DataFrame, codes: Codes, of: Indicator, by: Instrument) -> Iterator[Line]:
    """A line a topic; broken down, a line a class with each person's average over the topics."""
    pairs = [_pair(rows, topic, by) for topic in of.topics]
    if not of.by:
        for place, pair in enumerate(pairs):
            yield _paired_line(pair, codes, len(rows), place, of.reached)
        return
    yield _paired_line(_mean_pair(pairs), codes, len(rows), None, of.reached)


def _paired_line(
    pair: Floats, codes: Codes, n: int, place: int | None, reached: int | None
) -> Line:
    """`pair` (people, 2)."""
    there = pair[~np.isnan(pair).any(axis=1)]
    gained = there[:, 1] - there[:, 0]
    margin = _margin(gained)
    mean = float(gained.mean()) if len(there) else None
    shown = mean is not None and margin is not None
    return Line(
        codes,
        n=n,
        topic=place,
        answered=len(there),
        part=None if reached is None else int((there[:, 1] >= reached).sum()),
        first=float(there[:, 0].mean()) if len(there) else None,
        second=float(there[:, 1].mean()) if len(there) else None,
        difference=mean,
        low=mean - margin if shown else None,  # type: ignore[operator]
        high=mean + margin if shown else None,  # type: ignore[operator]
        alike=any(len(set(end)) == 1 for end in there.T),
    )


def _margin(gained: Floats) -> float | None:
    """Half the interval of a mean of paired differences: Student's t. People only, no clusters:
    it says nothing of another course. None where nothing varies."""
    from scipy.stats import t

    n = len(gained)
    if n < 2 or not gained.std():
        return None
    return float(t.ppf(0.5 + LEVEL / 2, n - 1) * gained.std(ddof=1) / np.sqrt(n))


def _pair(rows: pd.DataFrame, topic: Topic, by: Instrument) -> Floats:
    return np.column_stack([_values(rows, name, by) for name in topic.fields])


def _mean_pair(pairs: list[Floats]) -> Floats:
    """Each person's mean over the topics that have both answers; NaN without any."""
    every = np.stack(pairs)  # (topics, people, 2)
    gaps = np.isnan(every).any(axis=2, keepdims=True)
    counted = (~gaps).sum(axis=0)
    sums = np.where(gaps, 0.0, every).sum(axis=0)
    means: Floats = np.where(counted > 0, sums / np.maximum(counted, 1), np.nan)
    return means


def _values(rows: pd.DataFrame, name: str, by: Instrument) -> Floats:
    """(rows,), NaN where there is no answer that counts."""
    values = rows[name].to_numpy("float64", na_value=np.nan)
    choices = by.field(name).choices
    missing = sorted(choices.missing_values) if choices else []
    return np.where(np.isin(values, missing), np.nan, values)


def _choices(by: Instrument, name: str) -> tuple[Choice, ...]:
    choices = by.field(name).choices
    return choices.choices if choices else ()


def _sum(rows: pd.DataFrame, names: tuple[str, ...]) -> float:
    return float(sum(rows[name].fillna(0).sum() for name in names))
