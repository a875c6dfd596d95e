"""The store's one door: every name it offers leads somewhere, and costs nothing until used."""

import ast
import inspect
import subprocess
import sys

import pytest

from evaluation import store


def imported_for_the_type_checker():
    (block,) = [n for n in ast.parse(inspect.getsource(store)).body if isinstance(n, ast.If)]
    return {
        alias.asname: node.module.removeprefix("evaluation.store.")
        for node in block.body
        for alias in node.names
    }


def test_people_and_the_type_checker_find_the_same_names():
    assert imported_for_the_type_checker() == store.HOME


@pytest.mark.parametrize("name", sorted(store.HOME))
def test_every_name_leads_to_its_module(name):
    assert getattr(store, name).__module__ == f"evaluation.store.{store.HOME[name]}"


def test_a_name_nobody_offers_is_told():
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = store.no_such_name


def test_the_door_alone_is_light():
    heavy = ("sqlalchemy", "pandas", "alembic", "psycopg")
    code = f"import sys, evaluation.store; sys.exit(any(m in sys.modules for m in {heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
