"""The open data: only released numbers, one row a cell, described by the rules of Data Package v1."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from typing import Any

import pytest
import yaml

from evaluation.release.package import build_package
from evaluation.release.package.tidy import cells_csv, plain
from tests.evaluation.release import given
from tests.evaluation.release.report.reading import document, tables

CODES = ("en", "kk", "ru")
RELEASED = given.released()


@pytest.fixture(scope="module")
def package() -> dict[str, bytes]:
    return build_package(RELEASED, given.study(), CODES)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


@pytest.fixture(scope="module")
def description(package: dict[str, bytes]) -> Any:
    return json.loads(package["data/datapackage.json"])


def test_every_number_of_the_ledger_is_there_once_and_no_other(package: dict[str, bytes]) -> None:
    found = rows(package["data/cells.csv"])
    ledger = dict(RELEASED.ledger())
    assert len(found) == len(ledger)
    for row in found:
        middle = [] if row["row"] == "all" else [row["row"]]
        text = ledger["/".join([row["table"], *middle, row["column"]])]
        if row["mark"]:
            assert (text, row["value"]) == (f"[{row['mark']}]", "")
        elif row["unit"] == "share":
            assert text == f"{float(row['value']):.0%}"
        else:
            assert text == row["bound"] + row["value"]


@pytest.mark.parametrize(
    ("key", "text", "row"),
    [
        ("flow/pilot/both", "180", "flow,pilot,both,180,,,children"),
        ("flow/coverage", "90%", "flow,all,coverage,0.90,,,share"),
        ("flow/moved", "[c]", "flow,all,moved,,,c,children"),
        ("quality/answered", "[x]", "quality,all,answered,,,x,rows"),
        ("finding/frequent", "40", "finding,all,frequent,40,,,findings"),
        ("outcome/civ/value", "-0.22", "outcome,civ,value,-0.22,,,points"),
        ("outcome/civ/p_value", "<0.001", "outcome,civ,p_value,0.001,<,,probability"),
        ("outcome/civ/standardised", "0.39", "outcome,civ,standardised,0.39,,,SD"),
        ("outcome/civ/dof", "6.4", "outcome,civ,dof,6.4,,,"),
        ("outcome/civ/ordinal/value", "[low]", "outcome,civ/ordinal,value,,,low,points"),
        ("something/new/column", "5", "something,new,column,5,,,"),
    ],
)
def test_a_cell_is_one_row_with_its_unit_and_its_mark(key: str, text: str, row: str) -> None:
    assert cells_csv([(key, text)]).decode().splitlines()[1] == row


def test_every_table_of_the_report_is_there_as_it_is_printed(package: dict[str, bytes]) -> None:
    found = [row for row in rows(package["data/tables.csv"]) if row["language"] == "en"]
    printed = tables(document())
    for id, table in printed.items():
        cells = [cell for group in table.groups for row in group.rows for cell in row.cells]
        assert [row["text"] for row in found if row["table"] == id] == [*map(plain, cells)]
    assert {row["language"] for row in rows(package["data/tables.csv"])} == set(CODES)
    hidden = [row for row in found if row["mark"]]
    assert hidden and all(row["text"] == f"[{row['mark']}]" for row in hidden)


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "\tx"])
def test_nothing_in_it_is_a_formula(text: str) -> None:
    assert plain(text) == f"'{text}"
    assert plain("+0.31") == "+0.31"


TYPES = {"string", "number"}
FIELD_KEYS = {"name", "type", "description", "constraints"}


def test_the_description_keeps_the_rules_of_data_package_v1(
    description: Any, package: dict[str, bytes]
) -> None:
    """specs.frictionlessdata.io, versions 1.0: data-package, tabular-data-resource, table-schema."""
    assert description["profile"] == "tabular-data-package"
    assert re.fullmatch(r"[a-z0-9._/-]+", description["name"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", description["created"])
    assert description["keywords"]
    names = [resource["name"] for resource in description["resources"]]
    assert names == ["cells", "tables"]
    for resource in description["resources"]:
        content = package[f"data/{resource['path']}"]
        assert re.fullmatch(r"[a-z0-9._/-]+", resource["name"])
        assert resource["profile"] == "tabular-data-resource"
        assert not re.search(r"^[/.~]|\.\./", resource["path"])
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert (resource["encoding"], resource["mediatype"]) == ("utf-8", "text/csv")
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == content.decode().splitlines()[0].split(",")
        assert all(field["type"] in TYPES and set(field) <= FIELD_KEYS for field in fields)
        assert all(field["description"] for field in fields)
        held(resource["schema"], rows(content))


def held(schema: Any, table: list[dict[str, str]]) -> None:
    """Every row is of the declared types, within its constraints, and known by its key."""
    for field in schema["fields"]:
        values = [
            row[field["name"]] for row in table if row[field["name"]] not in schema["missingValues"]
        ]
        if field["type"] == "number":
            assert all(re.fullmatch(r"-?\d+(\.\d+)?", value) for value in values)
        allowed = field.get("constraints", {}).get("enum")
        assert allowed is None or set(values) <= set(allowed)
    if key := schema.get("primaryKey"):
        known = [tuple(row[name] for name in key) for row in table]
        assert len(set(known)) == len(known)
        assert all(all(each) for each in known)


def test_made_up_numbers_are_called_so_and_real_ones_have_no_empty_list(description: Any) -> None:
    assert description["keywords"] == ["synthetic"]
    real = given.comparison(origin=given.run(synthetic=False))
    study = given.study(example=False)
    package = build_package(given.released(real, study), study, ("en",))
    assert "keywords" not in json.loads(package["data/datapackage.json"])


def test_the_code_can_be_cited_and_names_no_person(package: dict[str, bytes]) -> None:
    """citation-file-format.github.io, 1.2.0: cff-version, message, title, authors are required."""
    said = yaml.safe_load(package["CITATION.cff"])
    assert said["cff-version"] == "1.2.0"
    assert said["type"] == "software"
    assert {"message", "title", "authors"} <= said.keys()
    assert said["authors"] == [{"name": "Evaluation team of A study of stories"}]
    assert said["version"] == "9.8.7"


def test_the_same_facts_are_the_same_bytes(package: dict[str, bytes]) -> None:
    assert build_package(given.released(), given.study(), CODES) == package
