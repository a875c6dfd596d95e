"""Which rows count: an entry that was sent again as it was last sent, sums of the latest period.

What happened once is often reported in two rounds, and sums of a year hold those of its quarters:
both would count people twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluation.design import Identity, Instrument

if TYPE_CHECKING:
    import pandas as pd


def column_of(name: str, identity: Identity) -> str:
    """How the stored frame calls a field: who, where and when are its key columns."""
    keys = {identity.respondent: "respondent", identity.region: "region", identity.wave: "wave"}
    return keys.get(name, name)


def key_columns(instrument: Instrument) -> tuple[str, ...]:
    """Of the same person or entry; () where every row is another."""
    identity = instrument.identity
    names = (identity.respondent,) if identity.respondent else identity.entry
    return tuple(column_of(name, identity) for name in names if name not in identity.period)


def standing_rows(frame: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """`frame` (rows in the order of their batches' arrival) without what was overtaken."""
    keys = list(key_columns(instrument))
    if not keys or frame.empty:
        return frame
    latest = [*instrument.identity.period[::-1], "wave"]
    ordered = frame.sort_values(latest, kind="stable")
    return ordered.drop_duplicates(keys, keep="last").sort_index()
