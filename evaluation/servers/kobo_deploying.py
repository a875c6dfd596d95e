"""A form of ours on KoboToolbox: brought in, then deployed.

Stopped between the two, the next attempt finds the form by its title and its questions and only
deploys it. A form with the questions of somebody else is never written over.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from evaluation.design import Instrument
from evaluation.errors import ServerError, SettingsError
from evaluation.servers.deploying import Deployed, Outcome, OwnForm
from evaluation.servers.kobo import served_form
from evaluation.servers.kobo_content import same_content
from evaluation.servers.paging import pages
from evaluation.servers.patience import Patience
from evaluation.servers.submissions import is_form_of, listed, member
from evaluation.servers.web import Parcel, Web

ASSETS = "/api/v2/assets/"
LOOKS = 60
"""How often the server is asked whether it has read the form, two seconds apart."""
BETWEEN_LOOKS = 2.0


def deploy(web: Web, own: OwnForm, uid: str | None, patience: Patience) -> Deployed:
    """`uid`: the form to change; None: the one that was made of this dataset, or a new one.

    Raises SettingsError: no such form; ServerError: a form of something else, or one that the
    server refuses.
    """
    there = _asset(web, uid) if uid else _found(web, own)
    if uid and there is None:
        raise SettingsError("server_form_missing", host=web.address.host)
    if there is not None and not _is_ours(there, own.instrument):
        raise ServerError("server_foreign_form", dataset=own.instrument.id)
    if there is not None and same_content(member(there, "content"), own):
        outcome = Outcome.SAME if _is_deployed(there) else Outcome.CHANGED
    else:
        outcome = Outcome.MADE if there is None else Outcome.CHANGED
        there = _asset(web, _brought_in(web, own, member(there, "uid"), patience))
    if there is None:
        raise ServerError("server_not_understood")
    if outcome is not Outcome.SAME:
        _make_active(web, there)
    return Deployed(outcome, str(there["uid"]))


def _asset(web: Web, uid: str) -> Any:
    return web.find(f"{ASSETS}{quote(uid, safe='')}/", format="json")


def _found(web: Web, own: OwnForm) -> Any:
    """The account's form of the same title and the same questions."""
    titles = set(own.instrument.title.values())
    for page in pages(web, ASSETS, "next", format="json", q="asset_type:survey", limit="100"):
        for line in listed(page, "results"):
            if line.get("name") in titles:
                asset = _asset(web, str(line.get("uid")))
                if asset is not None and _is_ours(asset, own.instrument):
                    return asset
    return None


def _is_ours(asset: Any, instrument: Instrument) -> bool:
    """One without questions is nobody's yet."""
    form = served_form(member(asset, "content"))
    return not form.paths or is_form_of(form, instrument)


def _is_deployed(asset: Any) -> bool:
    version = member(asset, "version_id")
    return bool(member(asset, "deployment__active")) and version == member(
        asset, "deployed_version_id"
    )


def _brought_in(web: Web, own: OwnForm, uid: object, patience: Patience) -> str:
    """The uid of the form, once the server has read it."""
    fields = {
        "name": f"{own.instrument.id}.xlsx",
        # Left out, it would count as yes, and the questions would become a library.
        "library": "false",
        "base64Encoded": "base64:" + base64.b64encode(own.content).decode(),
    }
    if uid:
        fields["destination"] = f"{web.address.url}{ASSETS}{uid}/"
    asked = web.ask("POST", "/api/v2/imports/", sent=Parcel(fields=fields), again=False)
    for said in _looks(web, str(member(asked, "uid")), patience):
        status = member(said, "status")
        if status == "error":
            raise ServerError("server_import_failed", dataset=own.instrument.id)
        if status == "complete":
            return _uid_in(member(said, "messages"))
    raise ServerError("server_silent", host=web.address.host)


def _looks(web: Web, task: str, patience: Patience) -> Iterator[Any]:
    for _ in range(LOOKS):
        yield web.get(f"/api/v2/imports/{task}/", format="json")
        patience.wait(BETWEEN_LOOKS)


def _uid_in(messages: Any) -> str:
    for name in ("created", "updated"):
        for each in member(messages, name) or ():
            if uid := member(each, "uid"):
                return str(uid)
    raise ServerError("server_not_understood")


def _make_active(web: Web, asset: Any) -> None:
    values: dict[str, object] = {"active": True}
    if asset.get("has_deployment"):
        values["version_id"] = asset.get("version_id")
    path, method = f"{ASSETS}{asset['uid']}/deployment/", "POST"
    if asset.get("has_deployment"):
        method = "PATCH"
    web.ask(method, path, sent=Parcel(values=values), again=method == "PATCH")
