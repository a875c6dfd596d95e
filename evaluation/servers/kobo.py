"""KoboToolbox, version 2 of its interface: what is new or was edited since the last time.

It keeps no moment of the last edit that could be asked for: `_submission_time` stays, and only
`_uuid` changes (kobotoolbox/kpi issue 7259). So the numbers and uuids of all submissions are
listed, a few dozen bytes each, and only those fetched whose pair is not known yet.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from evaluation.errors import ServerError
from evaluation.servers.paging import pages
from evaluation.servers.submissions import Fetched, ServedForm, edition_of, listed, member
from evaluation.servers.web import Web

MOST_ON_A_PAGE = 1000
"""More is not handed out, and without asking only 100 (since 2026)."""

ASKED_AT_ONCE = 200
"""Numbers in one address, which servers cut at some 8,000 signs."""

LISTINGS = 3
"""How often the list is read anew when it has changed while it was read."""

LEFT_BEHIND = ("_attachments", "_geolocation", "_supplementalDetails", "_downloads")
"""Media, places and transcripts: not fetched, not kept."""

NO_QUESTIONS = frozenset(
    {"note", "calculate", "hidden", "audit", "background-audio", "start", "end", "today"}
    | {"username", "deviceid", "phonenumber", "simserial", "subscriberid", "email"}
)
"""What a form notes by itself or only says."""

OPENS, CLOSES = ("begin_group", "begin_repeat"), ("end_group", "end_repeat")


@dataclass(frozen=True, slots=True)
class Kobo:
    """`asset`: the form's uid, as in the address of its page."""

    web: Web
    asset: str

    @property
    def name(self) -> str:
        return f"kobo {self.web.address.url} {self.asset}"

    @property
    def path(self) -> str:
        return f"/api/v2/assets/{quote(self.asset, safe='')}"

    def form(self) -> ServedForm:
        return served_form(member(self.web.get(f"{self.path}/", format="json"), "content"))

    def changed(
        self, form: ServedForm, known: Collection[str], since: datetime | None
    ) -> Iterator[Fetched]:
        wanted = sorted(
            number
            for number, edited in self._listed().items()
            if edition_of(self.name, str(number), edited) not in known
        )
        for start in range(0, len(wanted), ASKED_AT_ONCE):
            yield from self._fetched(wanted[start : start + ASKED_AT_ONCE], form.paths)

    def _listed(self) -> dict[int, str]:
        """Number → uuid of every submission there is."""
        for _ in range(LISTINGS):
            found: dict[int, str] = {}
            count: object = None
            for page in self._pages(fields='["_id","_uuid"]'):
                found |= {
                    _number(each): str(each.get("_uuid", "")) for each in listed(page, "results")
                }
                count = member(page, "count")
            # One that was deleted meanwhile moves all later ones up, and one of them falls between
            # two pages.
            if count in (None, len(found)):
                return found
        raise ServerError("server_changing")

    def _fetched(self, numbers: list[int], paths: tuple[str, ...]) -> Iterator[Fetched]:
        wanted = json.dumps({"_id": {"$in": numbers}}, separators=(",", ":"))
        found = {
            _number(each): each
            for page in self._pages(query=wanted)
            for each in listed(page, "results")
        }
        for number in sorted(found.keys() & set(numbers)):
            yield self._submission(number, found[number], paths)

    def _submission(self, number: int, said: dict[str, Any], paths: tuple[str, ...]) -> Fetched:
        # A question without an answer is left out; without its name it would seem never asked.
        answers = dict.fromkeys(paths) | said
        return Fetched(
            number=str(number),
            edition=edition_of(self.name, str(number), str(said.get("_uuid", ""))),
            at=None,
            answers={name: each for name, each in answers.items() if name not in LEFT_BEHIND},
        )

    def _pages(self, **asked: str) -> Iterator[Any]:
        fixed = {"format": "json", "limit": str(MOST_ON_A_PAGE), "sort": '{"_id":1}'}
        return pages(self.web, f"{self.path}/data/", "next", **fixed, **asked)


def served_form(content: object) -> ServedForm:
    """The questions of an asset's content."""
    paths, groups = [], []
    for line in listed(content, "survey"):
        kind, name = str(line.get("type", "")), str(line.get("name", line.get("$autoname", "")))
        if kind in OPENS:
            groups.append(name)
        elif kind in CLOSES:
            groups = groups[:-1]
        elif name and kind not in NO_QUESTIONS:
            paths.append("/".join((*groups, name)))
    return ServedForm(tuple(paths), str(member(content, "settings", "version") or ""))


def _number(said: dict[str, Any]) -> int:
    number = said.get("_id")
    if not isinstance(number, int):
        raise ServerError("server_not_understood")
    return number
