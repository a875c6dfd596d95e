"""What the two kinds of server have in common: a form with questions, and submissions of it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from evaluation.design import Instrument
from evaluation.errors import ServerError


@dataclass(frozen=True, slots=True)
class ServedForm:
    """`paths`: of every question, its name behind those of its groups (`questions/STO1`).
    `version`: as the form itself says it, "" where it does not."""

    paths: tuple[str, ...]
    version: str = ""

    @property
    def names(self) -> frozenset[str]:
        return frozenset(path.rpartition("/")[2] for path in self.paths)


@dataclass(frozen=True, slots=True)
class Fetched:
    """One submission. `number` is the server's own; `edition` a digest that changes with every
    edit; `at` when it was sent or last edited, by the server's clock, where the server says so."""

    number: str
    edition: str
    at: datetime | None
    answers: Mapping[str, object]


class Source(Protocol):
    """A form on a server. `name` tells it from every other; there is nothing secret in it."""

    @property
    def name(self) -> str: ...

    def form(self) -> ServedForm: ...

    def changed(
        self, form: ServedForm, known: Collection[str], since: datetime | None
    ) -> Iterator[Fetched]:
        """Submissions whose edition is not among the known ones, each once; `since` is the moment
        before which nothing can be new, for a server that can be asked so."""
        ...


def edition_of(source: str, number: str, edited: str) -> str:
    """Not the number itself: with it, whoever has an account there could look the child's form
    up."""
    return hashlib.sha256(f"{source}\n{number}\n{edited}".encode()).hexdigest()


def require_form(form: ServedForm, instrument: Instrument) -> None:
    """Raises ServerError: another form, or one of a version that this programme does not know.

    Region and wave are asked by every dataset; so more of its questions must be ours than not.
    """
    if not is_form_of(form, instrument):
        raise ServerError("server_other_form", dataset=instrument.id)
    if form.version.isdecimal() and int(form.version) > instrument.version:
        raise ServerError("server_newer_form", found=form.version, known=instrument.version)


def is_form_of(form: ServedForm, instrument: Instrument) -> bool:
    known = {field.name for field in instrument.fields}
    asked = form.names - set(instrument.ignored_headers)
    return 2 * len(asked & known) > len(asked)


def member(said: Any, *path: str) -> Any:
    """What stands at a place of an answer; None where there is no such place."""
    for name in path:
        said = said.get(name) if isinstance(said, dict) else None
    return said


def listed(said: Any, name: str) -> list[dict[str, Any]]:
    """The list of that name. Raises ServerError where the answer is of another shape."""
    found = member(said, name)
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise ServerError("server_not_understood")
    return found
