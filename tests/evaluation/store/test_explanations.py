"""What was explained is kept once, is known again by its seal, and goes with the child."""

from evaluation.records.explanations import Explanation
from evaluation.store import (
    add_batch,
    add_explanations,
    all_events,
    explained_seals,
    forget_explanations,
    load_explanations,
    reading,
    withdraw,
    writing,
)
from tests import given

ONE, TWO = given.batch("one"), given.batch("two")
NOW = given.moment("2022-03-02")
OLD = Explanation("pupil", "out_of_range", "age", "a1", "0", "99", "repeated a year")
YOUNG = Explanation("pupil", "out_of_range", "age", "b2", "0", "3", "жасы дұрыс")
KEPT = (
    Explanation("pupil", "out_of_range", "age", "a1", "", None, "repeated a year"),
    Explanation("pupil", "out_of_range", "age", "b2", "", None, "жасы дұрыс"),
)


def add(conn, batch, *explanations):
    sealed = [(each, f"{n:064x}") for n, each in enumerate(explanations)]
    add_explanations(conn, batch, sealed, at=NOW, actor="ada")


def test_they_come_back_in_their_order_without_the_answers(engine):
    with writing(engine) as conn:
        for batch in (ONE, TWO):
            add_batch(conn, batch, actor="ada")
        add(conn, ONE, OLD, YOUNG)
        add(conn, ONE, OLD, YOUNG)  # a retry
        add(conn, TWO)
    with reading(engine) as conn:
        assert load_explanations(conn, ONE.id) == KEPT
        assert load_explanations(conn, TWO.id) == ()
        assert explained_seals(conn) == {f"{n:064x}" for n in (0, 1)}


def test_a_line_in_the_events_counts_them_and_says_no_more(engine):
    with writing(engine) as conn:
        add_batch(conn, ONE, actor="ada")
        add(conn, ONE, OLD, YOUNG)
        last = all_events(conn, NOW)[-1]
    assert (last.kind, last.batch, dict(last.details)) == ("findings.explained", ONE.id, {"n": 2})


def test_what_was_said_of_a_child_goes_when_the_child_withdraws(engine):
    with writing(engine) as conn:
        add_batch(conn, ONE, actor="ada")
        add(conn, ONE, OLD, YOUNG)
        withdraw(conn, "a1", at=NOW, actor="ada")
        assert load_explanations(conn, ONE.id) == KEPT[1:]
        forget_explanations(conn, "b2")
        assert load_explanations(conn, ONE.id) == ()
