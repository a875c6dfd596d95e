"""What a column means is remembered by its source, and can be said anew and forgotten."""

from evaluation.store import all_events, reading, writing
from evaluation.store.columns import forget_columns, load_columns, remember_columns
from tests import given

DAY = given.moment("2022-03-01")
ONE, OTHER = "1" * 64, "2" * 64
A, B, C = ("a" * 64, "b" * 64, "c" * 64)


def remembered(engine, source, meanings):
    with writing(engine) as conn:
        remember_columns(conn, source, meanings, at=DAY, actor="ada")


def known(engine):
    with reading(engine) as conn:
        return load_columns(conn)


def test_a_meaning_belongs_to_its_source(engine):
    remembered(engine, ONE, {A: "sex", B: "age"})
    remembered(engine, OTHER, {A: "clubs"})
    assert known(engine) == {ONE: {A: "sex", B: "age"}, OTHER: {A: "clubs"}}


def test_what_is_said_later_counts(engine):
    remembered(engine, ONE, {A: "sex", B: "age"})
    remembered(engine, ONE, {B: "clubs"})
    remembered(engine, ONE, {C: "sex"})
    assert known(engine) == {ONE: {B: "clubs", C: "sex"}}


def test_one_source_can_be_forgotten(engine):
    remembered(engine, ONE, {A: "sex", B: "age"})
    remembered(engine, OTHER, {A: "clubs"})
    with writing(engine) as conn:
        assert forget_columns(conn, ONE, at=DAY, actor="ada") == 2
        assert forget_columns(conn, ONE, at=DAY, actor="ada") == 0
    assert known(engine) == {OTHER: {A: "clubs"}}
    with reading(engine) as conn:
        kinds = [(event.kind, event.details["n"]) for event in all_events(conn, DAY)]
    assert kinds == [("columns.confirmed", 2), ("columns.confirmed", 1), ("columns.forgotten", 2)]
