"""The columns that KoboToolbox adds before and after the answers (peers.md §5.1)."""

from __future__ import annotations

from uuid import UUID, uuid5

from evaluation.synthetic.rows import Column
from evaluation.synthetic.sending import Sending

HEAD = ("start", "end")
TAIL = (
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "__version__",
    "_tags",
    "meta/rootUuid",
    "_index",
)
NAMESPACE = UUID("6f1d7a52-0c1e-4b8f-9a55-5a3e70e0c9d1")
"""Arbitrary: ids made of it and of a file's name are the same in every run."""

VERSION = "vSyntheticExample"
FIRST_ID = 10_001


def identifier(sending: Sending, row: int) -> str:
    return str(uuid5(NAMESPACE, f"{sending.name}/{row}"))


def head(days: Column) -> list[list[str]]:
    """start and end: the day of the interview, with Kobo's offset."""
    return [[f"{day}T{clock}.000+06:00" for day in days] for clock in ("10:00:00", "10:20:00")]


def tail(sending: Sending, days: Column) -> list[list[str]]:
    rows = range(len(sending.rows))
    ids = [identifier(sending, row) for row in rows]
    empty = [""] * len(ids)
    return [
        [str(FIRST_ID + row) for row in rows],
        ids,
        [f"{day}T12:00:00" for day in days],
        empty,
        empty,
        ["submitted_via_web"] * len(ids),
        ["synthetic"] * len(ids),
        [VERSION] * len(ids),
        empty,
        [f"uuid:{name}" for name in ids],
        [str(row + 1) for row in rows],
    ]
