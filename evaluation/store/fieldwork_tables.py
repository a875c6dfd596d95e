"""The tables of fieldwork: codes given out, and columns whose meaning a person has confirmed.

Beside `tables` for its length only; one metadata, one rule: a change here needs a migration.
"""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from evaluation.store.moments import Moment
from evaluation.store.tables import DIGEST, metadata

# A code stays here for ever: it is never given to a second child, even when the first withdrew.
issued_codes = Table(
    "issued_codes",
    metadata,
    Column("code", Text, primary_key=True),
    Column("region", Text, nullable=False),
    Column("issued_at", Moment, nullable=False),
)

# Digests of headers, not headers: what nobody has declared may be anything, also a name.
column_meanings = Table(
    "column_meanings",
    metadata,
    Column("source", DIGEST, primary_key=True),
    Column("header", DIGEST, primary_key=True),
    Column("field", Text, nullable=False),
    Column("confirmed_at", Moment, nullable=False),
)
