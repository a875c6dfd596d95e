"""A released report: which file left, from which run, and every number about children in it.

The released cells are kept so that a later release can be checked against all earlier ones:
two reports that are each harmless may give a small count away by subtraction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Release:
    """`digest` is the SHA-256 of the file's bytes; `cells` are key → text as it was shown."""

    digest: str
    run: str
    language: str
    format: str
    released_at: datetime  # UTC
    minimum_cell: int
    cells: tuple[tuple[str, str], ...] = ()
