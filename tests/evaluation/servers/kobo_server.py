"""A KoboToolbox of its own: what kpi answers under /api/v2/, as far as this programme asks.

Written after kpi's own views and its announcement of 2026 (100 on a page unless asked, 1,000 at
most); everything in it is invented.
"""

import base64
import io
import json
import uuid
from urllib.parse import parse_qs, urlencode

import openpyxl

from tests.evaluation.servers.local import LocalServer, Question, Reply

TOKEN = "made-up-kobo-token"
MOST = 1000


class KoboServer(LocalServer):
    """`submissions`: of each form's uid; `assets`: what the server knows of each."""

    def __init__(self, *faults, token=TOKEN, per_page=MOST):
        super().__init__(self._answer, *faults)
        self.token = token
        self.per_page = per_page
        self.assets: dict[str, dict] = {}
        self.submissions: dict[str, list[dict]] = {}
        self.imports: dict[str, dict] = {}
        self.import_looks = 1

    def add_form(self, uid, survey, *, name="A form", version=None, deployed=True):
        content = {"survey": survey, "choices": [], "translations": [None], "settings": {}}
        if version:
            content["settings"]["version"] = version
        self.assets[uid] = _asset(uid, name, content)
        if deployed:
            _deploy(self.assets[uid])
        self.submissions[uid] = []

    def send(self, uid, number, answers, **more):
        said = {"_id": number, "_uuid": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{uid}{number}"))}
        root = {"meta/rootUuid": f"uuid:{said['_uuid']}", "_submission_time": "2022-03-20T08:00:00"}
        extra = {"_attachments": [], "_geolocation": [None, None], "_tags": [], "__version__": "v1"}
        self.submissions[uid].append(said | root | extra | answers | more)

    def edit(self, uid, number, **answers):
        """As Enketo does: the moment of sending and the root stay, the uuid is another."""
        for each in self.submissions[uid]:
            if each["_id"] == number:
                each |= answers | {"_uuid": str(uuid.uuid5(uuid.NAMESPACE_OID, each["_uuid"]))}

    def _answer(self, question: Question) -> Reply:
        if question.headers.get("authorization") != f"Token {self.token}":
            return Reply(401, {"detail": "Invalid token."})
        parts = question.path.removeprefix("/api/v2/").strip("/").split("/")
        match question.method, *parts:
            case "GET", "assets":
                return self._list(question)
            case "GET", "assets", uid if uid in self.assets:
                return Reply(200, self.assets[uid])
            case "GET", "assets", uid, "data" if uid in self.assets:
                return self._data(uid, question)
            case "POST", "imports":
                return self._import(question)
            case "GET", "imports", task if task in self.imports:
                return self._looked_at(task)
            case ("POST" | "PATCH") as method, "assets", uid, "deployment" if uid in self.assets:
                return self._deployment(method, uid, json.loads(question.body))
        return Reply(404, {"detail": "Not found."})

    def _list(self, question: Question) -> Reply:
        start, limit = int(question.query.get("start", 0)), int(question.query["limit"])
        found = list(self.assets.values())
        page = [{"uid": each["uid"], "name": each["name"]} for each in found[start : start + limit]]
        return Reply(200, {"count": len(found), "next": None, "results": page})

    def _data(self, uid: str, question: Question) -> Reply:
        asked = question.query
        found = self.submissions[uid]
        wanted = json.loads(asked.get("query", "{}")).get("_id", {}).get("$in")
        found = [each for each in found if wanted is None or each["_id"] in wanted]
        if asked.get("sort") == '{"_id":1}':
            found = sorted(found, key=lambda each: each["_id"])
        start = int(asked.get("start", 0))
        limit = min(int(asked.get("limit", 100)), self.per_page)
        page = found[start : start + limit]
        if fields := json.loads(asked.get("fields", "[]")):
            page = [{name: each[name] for name in fields if name in each} for each in page]
        following = None
        if start + limit < len(found):
            # As behind another server: it gives itself another name and no encryption.
            more = asked | {"start": str(start + limit), "limit": str(limit)}
            following = f"http://kobo.invalid{question.path}?{urlencode(more)}"
        return Reply(200, {"count": len(found), "next": following, "results": page})

    def _import(self, question: Question) -> Reply:
        said = {name: each[-1] for name, each in parse_qs(question.body.decode()).items()}
        assert said["library"] == "false", "the real one would make a library of it"
        workbook = base64.b64decode(said["base64Encoded"].partition("base64:")[2])
        destination = said.get("destination", "").strip("/").rpartition("/")[2]
        task = f"i{len(self.imports) + 1:03d}"
        self.imports[task] = {"looks": 0, "workbook": workbook, "destination": destination}
        return Reply(201, {"uid": task, "url": f"{self.url}/{task}/", "status": "processing"})

    def _looked_at(self, task: str) -> Reply:
        said = self.imports[task]
        said["looks"] += 1
        if said["looks"] < self.import_looks:
            return Reply(200, {"uid": task, "status": "processing", "messages": {}})
        if said.get("fails"):
            return Reply(200, {"uid": task, "status": "error", "messages": {"error": "an error"}})
        if "made" not in said:
            said["made"] = self._bring_in(said["workbook"], said["destination"])
        done = "updated" if said["destination"] else "created"
        messages = {done: [{"uid": said["made"], "kind": "asset"}]}
        return Reply(200, {"uid": task, "status": "complete", "messages": messages})

    def _bring_in(self, workbook: bytes, destination: str) -> str:
        content, title = _content(workbook)
        uid = destination or f"a{len(self.assets) + 1:021d}"
        asset = self.assets.setdefault(uid, _asset(uid, title, content))
        asset["content"] = content
        asset["version_id"] = f"v{uuid.uuid4().hex[:21]}"
        self.submissions.setdefault(uid, [])
        return uid

    def _deployment(self, method: str, uid: str, said: dict) -> Reply:
        asset = self.assets[uid]
        if (method == "POST") == asset["has_deployment"]:
            return Reply(405, {"detail": "Method not allowed."})
        if method == "PATCH" and said.get("version_id") != asset["version_id"]:
            return Reply(400, {"detail": "no such version"})
        _deploy(asset)
        return Reply(200, {"active": True})


def _asset(uid: str, name: str, content: dict) -> dict:
    return {
        "uid": uid,
        "name": name,
        "content": content,
        "version_id": f"v{uid}",
        "has_deployment": False,
        "deployment__active": False,
        "deployed_version_id": None,
    }


def _deploy(asset: dict) -> None:
    asset["has_deployment"] = asset["deployment__active"] = True
    asset["deployed_version_id"] = asset["version_id"]


def _content(workbook: bytes) -> tuple[dict, str]:
    """What kpi makes of an XLSForm: translations apart, the kind of a question in two."""
    book = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True)
    sheets = {}
    for sheet in book:
        head, *rows = sheet.iter_rows(values_only=True)
        sheets[sheet.title] = [
            {name: said for name, said in zip(head, row, strict=False) if said} for row in rows
        ]
    translations = list(
        dict.fromkeys(
            name.partition("::")[2] for line in sheets["survey"] for name in line if "::" in name
        )
    )
    (settings,) = sheets["settings"]
    content = {
        "survey": [_line(line, translations) for line in sheets["survey"]],
        "choices": [_line(line, translations) for line in sheets["choices"]],
        "translations": translations,
        "settings": {"id_string": settings["form_id"], "version": settings["version"]},
    }
    return content, settings["form_title"]


def _line(line: dict, translations: list[str]) -> dict:
    said = {name: each for name, each in line.items() if "::" not in name}
    for name in ("label", "hint", "constraint_message"):
        texts = [line.get(f"{name}::{translation}") for translation in translations]
        if any(texts):
            said[name] = texts
    kind, _, choices = said.get("type", "").partition(" ")
    if choices:
        said |= {"type": kind, "select_from_list_name": choices}
    if said.get("required"):
        said["required"] = True
    return said | {"$kuid": uuid.uuid4().hex[:8]}
