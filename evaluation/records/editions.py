"""A report on its way out: all its files together, and how far four eyes have taken them.

MOVES is the whole state machine; the diagram in docs/operations.md is drawn from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from evaluation.errors import SettingsError


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RELEASED = "released"
    RECALLED = "recalled"


class Move(StrEnum):
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    PUBLISH = "publish"
    RECALL = "recall"


MOVES: dict[Move, tuple[frozenset[State], State]] = {
    Move.SUBMIT: (frozenset({State.DRAFT}), State.SUBMITTED),
    Move.APPROVE: (frozenset({State.SUBMITTED}), State.APPROVED),
    Move.RETURN: (frozenset({State.SUBMITTED, State.APPROVED}), State.DRAFT),
    Move.PUBLISH: (frozenset({State.APPROVED}), State.RELEASED),
    Move.RECALL: (frozenset({State.RELEASED}), State.RECALLED),
}
"""Move → where it may begin, and where it ends."""

BY_A_SECOND_PERSON = frozenset({Move.APPROVE})
"""What nobody may do who has handed the report in."""


class Why(StrEnum):
    """Why a report is recalled: chosen, not typed, for a typed reason may name somebody."""

    ERROR = "error"
    DATA = "data"
    WITHDRAWAL = "withdrawal"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class EditionFile:
    """`language` and `format` are None for what belongs to no language: data, the manifest."""

    name: str
    digest: str
    language: str | None = None
    format: str | None = None


@dataclass(frozen=True, slots=True)
class StateLine:
    state: State
    at: datetime  # UTC
    actor: str
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """`id` is a digest over the drafts: another letter in one of them is another edition."""

    id: str
    run: str
    drafts: tuple[EditionFile, ...]
    lines: tuple[StateLine, ...]
    released: tuple[EditionFile, ...] = ()

    @property
    def state(self) -> State:
        return self.lines[-1].state if self.lines else State.DRAFT

    @property
    def short(self) -> str:
        """What people type."""
        return self.id[:16]

    @property
    def authors(self) -> frozenset[str]:
        """Everybody who ever handed it in, in small letters: capitals make no second person."""
        return frozenset(
            line.actor.casefold() for line in self.lines if line.state is State.SUBMITTED
        )


def edition_id(run: str, drafts: Iterable[EditionFile]) -> str:
    said = "\n".join((run, *sorted(file.digest for file in drafts)))
    return hashlib.sha256(said.encode()).hexdigest()


def check_move(edition: Edition, move: Move, actor: str) -> State:
    """Where the move leads. SettingsError: not from here, or not by this person."""
    begins, ends = MOVES[move]
    if edition.state not in begins:
        raise SettingsError(f"release_is_{edition.state}", report=edition.short)
    if move in BY_A_SECOND_PERSON and actor.casefold() in edition.authors:
        raise SettingsError("release_by_author", report=edition.short)
    return ends
