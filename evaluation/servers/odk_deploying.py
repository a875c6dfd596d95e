"""A form of ours on ODK Central: made, or changed over a draft, and published.

Central knows forms by their id, which is the dataset's, and versions by their number, which is the
questionnaire's. Stopped half way, a draft is left that the next attempt writes anew.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from evaluation.errors import ServerError
from evaluation.servers.deploying import XLSX, Deployed, Outcome, OwnForm
from evaluation.servers.odk import field_paths
from evaluation.servers.submissions import ServedForm, is_form_of, member
from evaluation.servers.web import Parcel, Web


def deploy(web: Web, own: OwnForm, project: int) -> Deployed:
    """Raises ServerError: no such project, a form of something else under this id, the same
    version with other questions, or a form that the server refuses."""
    name = own.instrument.id
    forms = f"/v1/projects/{project}/forms"
    path = f"{forms}/{quote(name, safe='')}"
    there = web.find(path)
    # What Central warns of at a new version is that questions have changed.
    anyway = {"ignoreWarnings": "true"}
    if there is None:
        _send(web, forms, own, {**anyway, "publish": "true"})
        return Deployed(Outcome.MADE, name)
    published = member(there, "publishedAt") is not None
    form = ServedForm(
        field_paths(web.get(f"{path}/fields" if published else f"{path}/draft/fields"))
    )
    if not is_form_of(form, own.instrument):
        raise ServerError("server_foreign_form", dataset=name)
    if published and str(member(there, "version")) == str(own.instrument.version):
        if form.names != own.names:
            raise ServerError("server_same_version", dataset=name, version=own.instrument.version)
        return Deployed(Outcome.SAME, name)
    _send(web, f"{path}/draft", own, anyway)
    web.ask("POST", f"{path}/draft/publish", again=False)
    return Deployed(Outcome.CHANGED, name)


def _send(web: Web, path: str, own: OwnForm, asked: dict[str, str]) -> Any:
    headers = {"Content-Type": XLSX, "X-XlsForm-FormId-Fallback": own.instrument.id}
    parcel = Parcel(content=own.content, headers=headers)
    return web.ask("POST", path, asked=asked, sent=parcel, again=False)
