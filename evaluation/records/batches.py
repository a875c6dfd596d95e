"""A batch: one delivered file, and how far it has come.

The table of transitions is the whole state machine; the diagram in docs/architecture.md is
drawn from it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from evaluation.errors import TransitionError


class Status(StrEnum):
    RECEIVED = "received"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REMARKS = "accepted_with_remarks"
    PARTLY = "partly_accepted"
    REFUSED = "refused"
    SUPERSEDED = "superseded"


LIVE = frozenset({Status.ACCEPTED, Status.REMARKS, Status.PARTLY})
"""The statuses whose rows count."""

UNDECIDED = frozenset({Status.RECEIVED, Status.WAITING})
"""The statuses in which nothing of a batch is kept but its locked bytes."""

TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.RECEIVED: LIVE | {Status.REFUSED, Status.WAITING},
    Status.WAITING: LIVE | {Status.REFUSED},
    Status.ACCEPTED: frozenset({Status.SUPERSEDED}),
    Status.REMARKS: frozenset({Status.SUPERSEDED}),
    Status.PARTLY: frozenset({Status.SUPERSEDED}),
    Status.REFUSED: frozenset({Status.SUPERSEDED}),
    Status.SUPERSEDED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Batch:
    """`region` is "" and `wave` None where the file says them row by row, or could not be read."""

    id: str
    instrument: str
    version: int
    region: str
    wave: int | None
    size: int  # bytes
    received_at: datetime  # UTC
    supersedes: str | None = None
    status: Status = Status.RECEIVED

    @property
    def receipt(self) -> str:
        """The short number that staff can read out on the telephone."""
        return receipt(self.id)


@dataclass(frozen=True, slots=True)
class Card:
    """What is said once for a whole batch: by its card sheet, its columns, or by the sender."""

    values: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str | None:
        return dict(self.values).get(name)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows a batch brought, and where they went. Counts only; they add up."""

    rows: int = 0
    accepted: int = 0
    held: int = 0
    without_consent: int = 0
    declared: int | None = None
    eligible: int | None = None
    approached: int | None = None
    set_aside: int = 0  # came before just so, or a later edition of them is there

    def __post_init__(self) -> None:
        placed = self.accepted + self.held + self.without_consent + self.set_aside
        assert self.rows == placed, self


def batch_id(content: bytes, *, instrument: str, region: str, wave: int | None) -> str:
    """The id covers what was sent, for which form, where and when: sent twice, it is the same."""
    said = f"{instrument}/{region}/{'' if wave is None else wave}\n".encode()
    return hashlib.sha256(said + content).hexdigest()


def receipt(batch: str) -> str:
    return f"{batch[:4]}-{batch[4:8]}".upper()


def check_transition(batch: Batch, to: Status) -> None:
    if to not in TRANSITIONS[batch.status]:
        raise TransitionError(
            "transition", receipt=batch.receipt, status=str(batch.status), to=str(to)
        )
