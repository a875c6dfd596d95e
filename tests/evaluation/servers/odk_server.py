"""An ODK Central of its own: what central-backend answers under /v1/, as far as we ask.

Written after its description (docs/api.yaml of getodk/central-backend); everything is invented.
"""

import io
import json
import re
from datetime import datetime
from urllib.parse import urlencode

import openpyxl

from tests.evaluation.servers.local import LocalServer, Question, Reply

TOKEN = "made-up-odk-token"
EMAIL, PASSWORD = "invented@stories.invalid", "an invented password"
LATER = re.compile(r"__system/submissionDate ge (\S+) or __system/updatedAt ge (\S+)")


class OdkServer(LocalServer):
    """`forms`: by project and id. `submissions`: likewise, the newest first."""

    def __init__(self, *faults, per_page=250):
        super().__init__(self._answer, *faults)
        self.per_page = per_page
        self.forms: dict[tuple[str, str], dict] = {}
        self.submissions: dict[tuple[str, str], list[dict]] = {}
        self.projects = {"1"}

    def add_form(self, form, paths, *, version="1", project="1", published=True):
        self.forms[project, form] = {
            "xmlFormId": form,
            "version": version,
            "publishedAt": "2022-03-01T00:00:00.000Z" if published else None,
            "paths": list(paths),
            "draft": None if published else (version, list(paths)),
            "versions": {version} if published else set(),
        }
        self.submissions[project, form] = []

    def send(self, form, number, answers, *, at="2022-03-20T08:00:00.000Z", project="1"):
        system = {"submissionDate": at, "updatedAt": None, "edits": 0, "formVersion": "1"}
        self.submissions[project, form].insert(
            0, {"__id": f"uuid:{number}", "__system": system} | answers
        )

    def edit(self, form, number, *, at, answers, project="1"):
        for each in self.submissions[project, form]:
            if each["__id"] == f"uuid:{number}":
                each |= answers
                each["__system"] = each["__system"] | {
                    "updatedAt": at,
                    "edits": each["__system"]["edits"] + 1,
                }

    def _answer(self, question: Question) -> Reply:
        if question.path == "/v1/sessions":
            said = json.loads(question.body)
            if said == {"email": EMAIL, "password": PASSWORD}:
                return Reply(200, {"token": TOKEN, "expiresAt": "2099-01-01T00:00:00.000Z"})
            return Reply(401, {"code": 401.2, "message": "Could not authenticate."})
        if question.headers.get("authorization") != f"Bearer {TOKEN}":
            return Reply(401, {"code": 401.2, "message": "Could not authenticate."})
        match question.method, *question.path.removeprefix("/v1/projects/").split("/"):
            case "POST", project, "forms" if project in self.projects:
                return self._make(project, question)
            case "GET", project, "forms", service, "Submissions":
                return self._submissions(project, service.removesuffix(".svc"), question)
            case method, project, "forms", form, *rest if (project, form) in self.forms:
                return self._form(method, (project, form), rest, question)
        return Reply(404, {"code": 404.1, "message": "Could not find the resource."})

    def _form(self, method, key, rest, question: Question) -> Reply:
        form = self.forms[key]
        match method, *rest:
            case ("GET",):
                return Reply(200, {k: form[k] for k in ("xmlFormId", "version", "publishedAt")})
            case "GET", "fields" if form["publishedAt"]:
                return Reply(200, _fields(form["paths"]))
            case "GET", "draft", "fields" if form["draft"]:
                return Reply(200, _fields(form["draft"][1]))
            case "POST", "draft":
                form["draft"] = _read(question.body)[1:]
                return Reply(200, {"success": True})
            case "POST", "draft", "publish" if form["draft"]:
                version, paths = form["draft"]
                if version in form["versions"]:
                    return Reply(409, {"code": 409.6, "message": "version conflict"})
                form |= {"version": version, "paths": paths, "draft": None}
                form["publishedAt"] = "2022-06-01T00:00:00.000Z"
                form["versions"].add(version)
                return Reply(200, {"success": True})
        return Reply(404, {"code": 404.1, "message": "Could not find the resource."})

    def _make(self, project: str, question: Question) -> Reply:
        assert question.headers["content-type"].endswith("spreadsheetml.sheet")
        form, version, paths = _read(question.body)
        if (project, form) in self.forms:
            return Reply(409, {"code": 409.3, "message": "a form of this id exists"})
        published = question.query.get("publish") == "true"
        self.add_form(form, paths, version=version, project=project, published=published)
        return Reply(200, {"xmlFormId": form, "version": version})

    def _submissions(self, project: str, form: str, question: Question) -> Reply:
        if (project, form) not in self.forms:
            return Reply(404, {"code": 404.1, "message": "Could not find the resource."})
        found = self.submissions[project, form]
        if asked := question.query.get("$filter"):
            since, _ = map(_moment, LATER.fullmatch(asked).groups())
            found = [each for each in found if since <= _latest(each)]
        start = int(question.query.get("$skiptoken", 0))
        top = min(int(question.query.get("$top", 250)), self.per_page)
        said = {"value": found[start : start + top], "@odata.context": f"{self.url}/$metadata"}
        if start + top < len(found):
            more = question.query | {"$skiptoken": str(start + top)}
            said["@odata.nextLink"] = f"https://odk.invalid{question.path}?{urlencode(more)}"
        return Reply(200, said)


def _latest(said: dict) -> datetime:
    system = said["__system"]
    return max(_moment(system[n]) for n in ("submissionDate", "updatedAt") if system[n])


def _moment(said: str) -> datetime:
    return datetime.fromisoformat(said)


def _fields(paths: list[str]) -> list[dict]:
    groups = dict.fromkeys(path.rpartition("/")[0] for path in paths if "/" in path)
    listed = [{"path": f"/{group}", "name": group, "type": "structure"} for group in groups]
    listed.append({"path": "/meta/instanceID", "name": "instanceID", "type": "string"})
    return listed + [
        {"path": f"/{path}", "name": path.rpartition("/")[2], "type": "string"} for path in paths
    ]


def _read(workbook: bytes) -> tuple[str, str, list[str]]:
    """Id, version and paths of an XLSForm."""
    book = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True)
    head, *rows = book["survey"].iter_rows(values_only=True)
    paths, group = [], ""
    for row in rows:
        line = dict(zip(head, row, strict=False))
        if line["type"] == "begin_group":
            group = f"{line['name']}/"
        elif line["type"] == "end_group":
            group = ""
        else:
            paths.append(f"{group}{line['name']}")
    settings = dict(zip(*book["settings"].iter_rows(values_only=True), strict=True))
    return settings["form_id"], settings["version"], paths
