"""Fetched submissions → files such as somebody could have sent: one a region and wave.

A batch is of one region and wave: it is admitted, refused and receipted as one. Equal submissions
make equal bytes, so that a fetching which was killed leaves nothing twice when it is done again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from evaluation.design import Instrument
from evaluation.servers.submissions import Fetched

OPENING, BETWEEN, CLOSING = b'"results":[', b",\n", b"]}"

Place = tuple[str, str]
"""Region and wave as they were answered, "" where the form does not ask."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A file of submissions: row by row their numbers on the server, and their editions with the
    moments that the server gave them."""

    content: bytes
    place: Place
    numbers: tuple[str, ...]
    editions: tuple[tuple[str, datetime | None], ...]


@dataclass(slots=True)
class _Box:
    """What has been fetched of one place, until it fills a file."""

    lines: list[bytes] = field(default_factory=list)
    fetched: list[Fetched] = field(default_factory=list)
    size: int = 0


def pack(
    fetched: Iterable[Fetched],
    instrument: Instrument,
    limits: Mapping[str, float],
    mark: str = "",
) -> Iterator[Packed]:
    """Files within the limits of the study's `intake`, each as soon as it is full.

    `mark`: something that no file had before. The gate judges a file once; what is to be judged
    anew must be another one.
    """
    opening = b"{" + (f'"again":{json.dumps(mark)},'.encode() if mark else b"") + OPENING
    boxes: dict[Place, _Box] = {}
    for each in fetched:
        place = _place(each, instrument)
        line = json.dumps(dict(each.answers), ensure_ascii=False, separators=(",", ":"))
        box = boxes.setdefault(place, _Box())
        content = line.encode("utf-8", "replace")
        if box.lines and _is_full(box, len(opening) + len(content), limits):
            yield _packed(place, boxes.pop(place), opening)
            box = boxes.setdefault(place, _Box())
        box.lines.append(content)
        box.fetched.append(each)
        box.size += len(content) + len(BETWEEN)
    for place in sorted(boxes):
        yield _packed(place, boxes[place], opening)


def _is_full(box: _Box, more: int, limits: Mapping[str, float]) -> bool:
    size = box.size + more + len(CLOSING)
    return len(box.lines) >= limits["rows"] or size > limits["bytes"]


def _packed(place: Place, box: _Box, opening: bytes) -> Packed:
    return Packed(
        content=opening + BETWEEN.join(box.lines) + CLOSING,
        place=place,
        numbers=tuple(each.number for each in box.fetched),
        editions=tuple((each.edition, each.at) for each in box.fetched),
    )


def _place(fetched: Fetched, instrument: Instrument) -> Place:
    identity = instrument.identity
    region, wave = (_answer(fetched.answers, name) for name in (identity.region, identity.wave))
    return region, wave


def _answer(answers: Mapping[str, object], name: str | None) -> str:
    """To the question of that name, in whichever group it stands."""
    for key, value in answers.items():
        if isinstance(value, Mapping):
            if found := _answer(value, name):
                return found
        elif key.rpartition("/")[2] == name and value is not None:
            return str(value)
    return ""
