"""The two declared frames: answers as stored (one row a child and wave), and scores.

RESPONSES differ by instrument: `responses_schema` derives them from its declaration, as the
store derives the table.
"""

from __future__ import annotations

from evaluation.design import Identity, Instrument
from evaluation.schema import Column, Schema

KEY = (
    Column("batch", "str"),
    Column("source_row", "int64"),  # as Excel shows it
    Column("respondent", "str"),
    Column("region", "str"),
    Column("wave", "int64"),
)

SCORES = Schema(
    (
        Column("respondent", "str"),
        Column("region", "str"),
        Column("wave", "int64"),
        Column("scale", "str"),
        Column("score", "float64", nullable=True),
    ),
    key=("respondent", "wave", "scale"),
)


def kept_as_key(identity: Identity) -> frozenset[str]:
    """Fields that are stored as `respondent`, `region` and `wave`, not a second time."""
    named = (identity.respondent, identity.region, identity.wave)
    return frozenset(name for name in named if name)


def responses_schema(instrument: Instrument, *, restricted: bool = False) -> Schema:
    """Key columns, then the row fields in their declared order.

    Numeric fields are Int16 with gaps, dates and texts and codes are str with gaps. S3 fields
    are there only with `restricted`: they live in a table of their own.
    """
    left_out = kept_as_key(instrument.identity)
    fields = tuple(
        Column(f.name, "Int16" if f.numeric else "str", nullable=True)
        for f in instrument.row_fields
        if f.name not in left_out and (restricted or not f.restricted)
    )
    return Schema((*KEY, *fields), key=("batch", "source_row"))


DATE_FORMAT = "%Y-%m-%d"
"""Dates travel as ISO text: they sort, they have no time zone, and no time to leak."""
