"""Lines are only ever added, and a line that is not as it was written shows."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from evaluation.errors import StoreError
from evaluation.store import (
    all_events,
    broken_at,
    last_change,
    open_store,
    reading,
    record,
    writing,
)
from tests import given

AT = given.moment("2022-03-01 09:30")
MANY = given.moment("2030-01-01")


def say(engine, *kinds):
    for kind in kinds:
        with writing(engine) as conn:
            record(conn, kind=kind, at=AT, actor="ada", details={"rows": 3, "ә": None})


def tamper(engine, statement):
    """What somebody with the database's own tools could do: first take the guards away."""
    with engine.begin() as conn:
        if conn.dialect.name == "sqlite":
            conn.exec_driver_sql("DROP TRIGGER IF EXISTS events_keep_UPDATE")
            conn.exec_driver_sql("DROP TRIGGER IF EXISTS events_keep_DELETE")
        else:
            conn.exec_driver_sql("DROP TRIGGER IF EXISTS events_keep ON events")
        conn.exec_driver_sql(statement)


def first_broken(engine):
    with reading(engine) as conn:
        return broken_at(conn)


def test_a_line_comes_back_as_it_was_written(engine):
    say(engine, "batch.received")
    with reading(engine) as conn:
        (event,) = all_events(conn, MANY)
    assert (event.number, event.at, event.kind, event.actor) == (1, AT, "batch.received", "ada")
    assert (event.batch, event.details) == (None, {"rows": 3, "ә": None})
    assert event.at.utcoffset().total_seconds() == 0


def test_lines_after_the_cut_off_are_not_read(engine):
    say(engine, "one")
    with reading(engine) as conn:
        assert all_events(conn, given.moment("2022-03-01 09:29")) == ()
        assert len(all_events(conn, AT)) == 1


def test_the_last_change_is_of_what_the_analysis_sees(engine):
    lines = [
        ("2022-03-01", "batch.received"),
        ("2022-03-05", "batch.moved"),
        ("2022-03-06", "run.saved"),
        ("2022-03-07", "respondent.withdrawn"),
        ("2022-03-08", "report.released"),
    ]
    with writing(engine) as conn:
        for day, kind in lines:
            record(conn, kind=kind, at=given.moment(day), actor="ada")
    days = ("2022-02-28", "2022-03-01", "2022-03-06", "2022-03-08")
    with reading(engine) as conn:
        found = [last_change(conn, given.moment(day)) for day in days]
    expected = ("2022-03-01", "2022-03-05", "2022-03-07")
    assert found == [None, *map(given.moment, expected)]


def test_an_untouched_chain_holds(engine):
    assert first_broken(engine) is None
    say(engine, "one", "two", "three")
    assert first_broken(engine) is None


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("DELETE FROM events WHERE number = 1", 1),
        ("DELETE FROM events WHERE number = 2", 2),
        ("DELETE FROM events WHERE number IN (2, 3)", 2),
        ("UPDATE events SET actor = 'eve' WHERE number = 3", 3),
        ("UPDATE events SET kind = 'other' WHERE number = 1", 1),
        ("UPDATE events SET at = '2022-03-02 00:00:00.000000' WHERE number = 2", 2),
        ("UPDATE events SET batch = 'other' WHERE number = 2", 2),
        ("UPDATE events SET details = '{}' WHERE number = 4", 4),
        ("UPDATE events SET number = 9 WHERE number = 4", 4),
        ("UPDATE events SET hash = previous WHERE number = 2", 2),
    ],
)
def test_a_line_missing_or_changed_shows(engine, statement, broken):
    say(engine, "one", "two", "three", "four")
    tamper(engine, statement)
    assert first_broken(engine) == broken


def test_a_line_sealed_anew_breaks_the_next(engine):
    """Whoever changes a line and reckons its hash again has to reckon all that follow."""
    say(engine, "one", "two", "three")
    other = f"sqlite:///{engine.url.database}.other" if engine.dialect.name == "sqlite" else None
    if other is None:
        tamper(engine, "UPDATE events SET hash = repeat('a', 64) WHERE number = 2")
        assert first_broken(engine) == 2
        return
    forged = open_store(other)
    say(forged, "one", "forged", "three")
    with reading(forged) as conn:
        seal = all_events(conn, MANY)[1].hash
    tamper(engine, f"UPDATE events SET kind = 'forged', hash = '{seal}' WHERE number = 2")
    assert first_broken(engine) == 3


@pytest.mark.parametrize("statement", ["UPDATE events SET actor = 'eve'", "DELETE FROM events"])
def test_the_database_itself_refuses_to_change_or_delete_a_line(engine, statement):
    say(engine, "one")
    with pytest.raises(StoreError, match="database_refused"), writing(engine) as conn:
        conn.execute(text(statement))
    assert first_broken(engine) is None


def test_the_chain_holds_under_writers_at_the_same_time(engine):
    together = threading.Barrier(2)

    def write(name):
        together.wait()
        for _ in range(15):
            with writing(engine) as conn:
                record(conn, kind="batch.received", at=AT, actor=name)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, ["ada", "bo"]))
    with reading(engine) as conn:
        events = all_events(conn, MANY)
    assert [event.number for event in events] == list(range(1, 31))
    assert sorted(event.actor for event in events) == ["ada"] * 15 + ["bo"] * 15
    assert first_broken(engine) is None
