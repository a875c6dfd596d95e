"""The rows of an indicator by the codes of its breakdown: a class a line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from evaluation.analysis.indicators.standing import column_of
from evaluation.design import Indicator, Instrument
from evaluation.records.indicators import ALL, NOT_STATED

if TYPE_CHECKING:
    import pandas as pd


def chosen(frame: pd.DataFrame, indicator: Indicator, instrument: Instrument) -> pd.DataFrame:
    """The rows that `where` names."""
    for name, codes in indicator.where.items():
        frame = frame[_texts(frame, name, instrument).isin(codes)]
    return frame


def classes(
    frame: pd.DataFrame, indicator: Indicator, instrument: Instrument
) -> Iterator[tuple[tuple[str, ...], pd.DataFrame]]:
    """(codes, rows) of every class, also of those without a row, and where they add up of all
    together; one class () where nothing is broken down."""
    texts = [_texts(frame, name, instrument) for name in indicator.by]
    codes = [
        _codes(text, name, indicator, instrument)
        for text, name in zip(texts, indicator.by, strict=True)
    ]
    # Whoever is in no class is a class too, or the lines would not add up.
    stated = [t.where(t.isin(c), NOT_STATED) for t, c in zip(texts, codes, strict=True)]
    wanted = [
        (*c, *((NOT_STATED,) if (t == NOT_STATED).any() else ()), *((ALL,) * indicator.total))
        for t, c in zip(stated, codes, strict=True)
    ]
    for chosen_codes in product(*wanted):
        rows = frame
        for text, code in zip(stated, chosen_codes, strict=True):
            rows = rows if code == ALL else rows[text.loc[rows.index] == code]
        yield chosen_codes, rows


def _codes(
    texts: pd.Series, name: str, indicator: Indicator, instrument: Instrument
) -> tuple[str, ...]:
    """All that are declared, or that `where` names: a class that is left out would tell that
    nobody is in it. Of regions and numbers those that are there; nobody expects the others."""
    if name in indicator.where:
        return indicator.where[name]
    field = instrument.field(name)
    if field.choices is None or name == instrument.identity.region:
        found = texts.dropna().unique()
        return tuple(sorted(found, key=lambda code: (len(code), code)))
    return tuple(choice.code for choice in field.choices.choices if not choice.missing)


def _texts(frame: pd.DataFrame, name: str, instrument: Instrument) -> pd.Series:
    return frame[column_of(name, instrument.identity)].astype("str")
