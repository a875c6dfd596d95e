"""ODK Central: what is new or was edited since the last time, over its OData interface.

It says of each submission when it came and when it was last changed, by its own clock, and can be
asked for what is later. How often one was edited tells its editions apart, so that what is only
reviewed is not fetched as changed, and nothing is missed or taken twice around that moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from evaluation.errors import ServerError
from evaluation.servers.paging import pages
from evaluation.servers.submissions import Fetched, ServedForm, edition_of, listed, member
from evaluation.servers.web import Parcel, Web

ON_A_PAGE = 500
OVERLAP = timedelta(days=1)
"""Asked for once more: the clock of a server may be set back."""


@dataclass(frozen=True, slots=True)
class Odk:
    """`project` by its number, `form_id` as in the form's settings."""

    web: Web
    project: int
    form_id: str

    @property
    def name(self) -> str:
        return f"odk {self.web.address.url} {self.project} {self.form_id}"

    @property
    def path(self) -> str:
        return f"/v1/projects/{self.project}/forms/{quote(self.form_id, safe='')}"

    def form(self) -> ServedForm:
        version = member(self.web.get(self.path), "version")
        return ServedForm(field_paths(self.web.get(f"{self.path}/fields")), str(version or ""))

    def changed(
        self, form: ServedForm, known: Collection[str], since: datetime | None
    ) -> Iterator[Fetched]:
        asked = {"$top": str(ON_A_PAGE), "$expand": "*"}
        if since is not None:
            asked["$filter"] = _later_than(since - OVERLAP)
        seen = set(known)
        for page in pages(self.web, f"{self.path}.svc/Submissions", "@odata.nextLink", **asked):
            for said in listed(page, "value"):
                found = self._submission(said)
                if found.edition not in seen:
                    seen.add(found.edition)
                    yield found

    def _submission(self, said: dict[str, Any]) -> Fetched:
        number, system = said.get("__id"), member(said, "__system")
        if not isinstance(number, str) or not isinstance(system, dict):
            raise ServerError("server_not_understood")
        moments = [_moment(system.get(name)) for name in ("submissionDate", "updatedAt")]
        return Fetched(
            number=number,
            edition=edition_of(self.name, number, str(system.get("edits") or 0)),
            at=max((each for each in moments if each), default=None),
            answers=said,
        )


def sign_in(web: Web, *, token: str, email: str, password: str) -> None:
    """A token is used as it is; otherwise a session is opened, which the server ends by itself."""
    if not token:
        session = Parcel(values={"email": email, "password": password})
        token = str(member(web.ask("POST", "/v1/sessions", sent=session), "token") or "")
    web.show(f"Bearer {token}")


def field_paths(said: object) -> tuple[str, ...]:
    """Of the questions of a form, as its list of fields says them."""
    if not isinstance(said, list) or not all(isinstance(each, dict) for each in said):
        raise ServerError("server_not_understood")
    paths = [
        str(each.get("path", "")).strip("/")
        for each in said
        if each.get("type") not in ("structure", "repeat")
    ]
    return tuple(path for path in paths if not path.startswith("meta/"))


def _later_than(moment: datetime) -> str:
    said = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return f"__system/submissionDate ge {said} or __system/updatedAt ge {said}"


def _moment(said: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
