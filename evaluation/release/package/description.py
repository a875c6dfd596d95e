"""datapackage.json: what the files hold, column by column (Data Package v1, profile tabular)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import Mark, ReleasedFacts
from evaluation.release.package.tidy import CELL_COLUMNS, CELLS, TABLE_COLUMNS, TABLES

DESCRIPTION = "datapackage.json"
NUMBERS = frozenset({"value"})
COLUMNS = {CELLS: CELL_COLUMNS, TABLES: TABLE_COLUMNS}
KEYS = {CELLS: ("table", "row", "column")}
"""What a row is known by. A printed table has no such key: a reader may find two rows alike."""
ODD = re.compile(r"[^a-z0-9._-]+")
"""What the name of a data package may not have."""

ENGLISH = "en"  # described in the language of the standard; the data are in all


def described(released: ReleasedFacts, study: Study, data: Mapping[str, bytes]) -> bytes:
    """`data`: the files' contents by their names, to be sealed by their digests."""
    say = Language(ENGLISH)
    made = released.provenance
    said = {
        "profile": "tabular-data-package",
        "name": ODD.sub("-", f"{study.id}-{made.run}".lower()),
        "id": made.run,
        "title": say.text(study.title),
        "description": say("report.package.about", minimum=released.audit.minimum_cell),
        "version": made.code_version,
        "created": made.cut_off.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "keywords": ["synthetic"] if made.synthetic or study.example else [],
        "resources": [_resource(name, content, say) for name, content in data.items()],
    }
    if not said["keywords"]:
        del said["keywords"]  # the standard knows no empty list
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(name: str, content: bytes, say: Language) -> dict[str, object]:
    stem = name.partition(".")[0]
    columns = COLUMNS[name]
    schema: dict[str, object] = {
        "fields": [_field(column, say) for column in columns],
        "missingValues": [""],
    }
    if name in KEYS:
        schema["primaryKey"] = list(KEYS[name])
    return {
        "profile": "tabular-data-resource",
        "name": stem,
        "path": name,
        "title": say(f"report.package.{stem}"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": schema,
    }


def _field(column: str, say: Language) -> dict[str, object]:
    field: dict[str, object] = {
        "name": column,
        "type": "number" if column in NUMBERS else "string",
        "description": say(f"report.package.column.{column}"),
    }
    if column == "mark":
        field["constraints"] = {"enum": [str(mark) for mark in Mark]}
    return field
