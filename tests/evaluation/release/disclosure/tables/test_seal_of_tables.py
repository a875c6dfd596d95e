"""Nobody but the gate makes a released table or a cell of one: mypy says so, and the runtime."""

from __future__ import annotations

import ast
import copy
import importlib
import pickle
import pkgutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from evaluation.errors import DisclosureError
from evaluation.release import ReleasedFacts, ReleasedNumber, ReleasedTables, disclosure, protect
from evaluation.release.disclosure.seal import SEAL, Seal, Sealed
from evaluation.release.disclosure.tables.result import ReleasedTable, TableAudit
from tests.evaluation.release import given

ROOT = Path(__file__).parents[5]

ROUND_THE_GATE = """
import pandas as pd

from evaluation.release import ReleasedNumber, ReleasedTables, protect
from evaluation.release.disclosure.tables.result import ReleasedTable

CELL = ReleasedNumber(value=3, decimals=0)
TABLE = ReleasedTable(
    name="", index=(), columns=(), index_name=None, columns_name=None, cells=((CELL,),)
)
made = protect(pd.DataFrame([[30, 40], [50, 60]]))
ReleasedTables(parts=(TABLE,), audit=made.audit, explanations=())
made.parts = (TABLE,)
wrong: ReleasedTables = pd.DataFrame()
"""


def released() -> ReleasedTables:
    return protect(pd.DataFrame([[30, 40], [50, 60]], index=list("AB"), columns=list("xy")))


def test_mypy_refuses_tables_and_cells_made_by_hand(tmp_path: Path) -> None:
    snippet = tmp_path / "leak.py"
    snippet.write_text(ROUND_THE_GATE)
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", snippet],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in checked.stdout.splitlines() if "error" in line and "leak.py" in line]
    assert [line.rsplit("[", 1)[-1] for line in lines] == [
        "call-arg]",
        "call-arg]",
        "call-arg]",
        "misc]",  # a frozen field
        "assignment]",
    ]
    assert all('"seal"' in line for line in lines[:3])


def test_a_seal_of_ones_own_opens_nothing() -> None:
    made = released()
    with pytest.raises(DisclosureError, match="sealed"):
        ReleasedTables(parts=made.parts, audit=made.audit, explanations=(), seal=Seal())


@pytest.mark.parametrize("what", ["parts", "audit", "explanations"])
def test_no_field_can_be_exchanged(what: str) -> None:
    made = released()
    with pytest.raises((ValueError, TypeError), match="seal"):
        replace(made, **{what: ()})  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        setattr(made, what, ())


def test_the_frame_that_is_handed_out_is_not_the_table() -> None:
    made = released()
    frame = made.table
    frame.loc["A", "x"] = 3
    assert made.table.loc["A", "x"] == 30


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy])
def test_a_copy_is_the_thing_itself(way: object) -> None:
    made = released()
    assert callable(way) and way(made) is made


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_nothing_is_pickled_so_nothing_comes_back_changed(protocol: int) -> None:
    for thing in (released(), released().parts[0], released().audit, given.released()):
        with pytest.raises(DisclosureError, match="sealed"):
            pickle.dumps(thing, protocol)


@pytest.mark.parametrize(
    "kind", [ReleasedTables, ReleasedTable, TableAudit, ReleasedNumber, ReleasedFacts]
)
def test_no_type_can_be_subclassed_to_leave_the_guard_out(kind: type) -> None:
    with pytest.raises(DisclosureError, match="sealed"):
        type("Forged", (kind,), {"__slots__": (), "__post_init__": lambda self, seal: None})


def test_an_object_made_without_being_made_holds_nothing() -> None:
    hollow = object.__new__(ReleasedTables)
    for read in (lambda: hollow.table, lambda: hollow.note("en"), lambda: hollow.audit):
        with pytest.raises(AttributeError):
            read()


def test_every_type_that_asks_for_the_seal_is_closed() -> None:
    for module in pkgutil.walk_packages(disclosure.__path__, f"{disclosure.__name__}."):
        importlib.import_module(module.name)  # whatever other tests have imported
    kinds = Sealed.__subclasses__()
    assert {kind.__name__ for kind in kinds} >= {"ReleasedTables", "ReleasedNumber", "Audit"}
    asking = {
        node.name
        for path in (ROOT / "evaluation/release").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and "InitVar[Seal]" in ast.unparse(node)
    }
    assert asking == {kind.__name__ for kind in kinds}


def test_nobody_fills_an_object_behind_its_back() -> None:
    """What Python cannot bar (object.__new__ and object.__setattr__ together), the tree has not."""
    ways = ("object.__new__", "object.__setattr__", "__setstate__")
    found = [
        (path.name, way)
        for top in ("evaluation", "flows")
        for path in (ROOT / top).rglob("*.py")
        for way in ways
        if way in path.read_text("utf-8")
    ]
    assert found == []


def test_the_gate_itself_can() -> None:
    made = released()
    again = ReleasedTables(parts=made.parts, audit=made.audit, explanations=(), seal=SEAL)
    assert again == made
