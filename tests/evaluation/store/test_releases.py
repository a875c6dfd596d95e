"""What was released is known by its bytes, with every number it showed."""

from dataclasses import replace

from sqlalchemy import delete, update

from evaluation.records.releases import Release
from evaluation.store import (
    add_release,
    all_events,
    all_releases,
    ledger_heads,
    reading,
    tables,
    writing,
)
from tests import given
from tests.evaluation.store.test_estimates import COMPARISON as SAVED
from tests.evaluation.store.test_estimates import RUN, save

RUSSIAN = Release(
    digest="d" * 64,
    run=RUN.id,
    language="ru",
    format="html",
    released_at=given.moment("2022-12-05"),
    minimum_cell=10,
    cells=(("flow.pilot.baseline", "120"), ("flow.pilot.endline", "< 10")),
)
ENGLISH = replace(
    RUSSIAN, digest="e" * 64, language="en", released_at=given.moment("2022-12-04"), cells=()
)


def test_a_release_comes_back_with_its_cells_the_oldest_first(engine):
    save(engine, SAVED)
    with writing(engine) as conn:
        assert add_release(conn, RUSSIAN, actor="lead")
        assert add_release(conn, ENGLISH, actor="lead")
    with reading(engine) as conn:
        assert all_releases(conn, given.moment("2022-12-03")) == ()
        assert all_releases(conn, given.moment("2022-12-04")) == (ENGLISH,)
        assert all_releases(conn, given.moment("2022-12-05")) == (ENGLISH, RUSSIAN)


def test_the_same_bytes_are_released_once_and_leave_one_line(engine):
    save(engine, SAVED)
    with writing(engine) as conn:
        add_release(conn, RUSSIAN, actor="lead")
        assert not add_release(conn, replace(RUSSIAN, cells=()), actor="lead")
        assert all_releases(conn, RUSSIAN.released_at) == (RUSSIAN,)
        lines = [e for e in all_events(conn, RUSSIAN.released_at) if e.kind == "report.released"]
    (line,) = lines
    assert (line.at, line.actor) == (RUSSIAN.released_at, "lead")
    assert line.details == {
        "run": RUN.id,
        "digest": RUSSIAN.digest,
        "language": "ru",
        "format": "html",
        "cells": 2,
    }


def test_the_head_of_the_ledger_tells_every_other_ledger_apart(engine):
    save(engine, SAVED)
    with writing(engine) as conn:
        assert len(ledger_heads(conn)) == 1
        add_release(conn, RUSSIAN, actor="lead")
        one = ledger_heads(conn)
        add_release(conn, ENGLISH, actor="lead")
        two = ledger_heads(conn)
    assert two[:2] == one and len(set(two)) == 3
    with writing(engine) as conn:
        conn.execute(update(tables.released_cells).values(text="121"))
        assert ledger_heads(conn)[1] != two[1]


def test_a_release_that_was_taken_out_is_missed(engine):
    save(engine, SAVED)
    with writing(engine) as conn:
        add_release(conn, RUSSIAN, actor="lead")
        conn.execute(delete(tables.released_cells))
        conn.execute(delete(tables.releases))
        assert len(ledger_heads(conn)) == 1
