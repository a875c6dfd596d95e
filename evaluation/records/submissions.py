"""Which submission of a collecting tool a row is: the same one comes again with every export.

The tool's own number is never kept: with it, whoever holds an account there could look the child's
form up. What is kept is a digest that tells the same submission from another.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class Submission:
    """`edition` grows with every edit, where the tool says so; "" where it does not."""

    source_row: int  # as Excel shows it
    key: str
    edition: str = ""


@dataclass(frozen=True, slots=True)
class StoredSubmission:
    """A submission that an earlier batch brought, and the row that holds its answers."""

    key: str
    edition: str
    batch: str
    source_row: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """`rows` in `responses_schema(instrument, restricted=True)`: one for each submission."""

    submissions: tuple[StoredSubmission, ...]
    rows: pd.DataFrame


def submission_key(instrument: str, number: str) -> str:
    return hashlib.sha256(f"{instrument}\n{number}".encode()).hexdigest()[:32]
