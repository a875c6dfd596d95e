"""Plans are frozen one after the other; the store knows since when year-end answers are there."""

from dataclasses import replace

from evaluation.records.batches import Status
from evaluation.records.planning import FrozenPlan
from evaluation.store import add_batch, all_events, ensure_instrument, move_batch, reading, writing
from evaluation.store.frozen_plans import add_frozen_plan, frozen_plans, opened_at
from tests import given

FIRST = FrozenPlan("a" * 64, "the plan", given.moment("2022-10-03"), "evaluator")
SECOND = replace(
    FIRST,
    digest="b" * 64,
    contents="another",
    frozen_at=given.moment("2022-10-05"),
    opened_at=given.moment("2022-10-04"),
)
LATER = given.moment("2023-01-01")
ROWS = """
respondent wb_1
a1         1
"""


def test_frozen_plans_come_back_in_their_order_as_of_a_day(engine):
    with writing(engine) as conn:
        assert add_frozen_plan(conn, FIRST)
        assert add_frozen_plan(conn, SECOND)
    with reading(engine) as conn:
        assert frozen_plans(conn, given.moment("2022-10-01")) == ()
        assert frozen_plans(conn, given.moment("2022-10-04")) == (FIRST,)
        assert frozen_plans(conn, LATER) == (FIRST, SECOND)
    assert (FIRST.late, SECOND.late) == (False, True)


def test_the_same_plan_is_frozen_once_and_each_leaves_a_line(engine):
    with writing(engine) as conn:
        add_frozen_plan(conn, FIRST)
        assert not add_frozen_plan(conn, replace(FIRST, frozen_at=LATER, actor="another"))
        add_frozen_plan(conn, SECOND)
        lines = [event for event in all_events(conn, LATER) if event.kind == "plan.frozen"]
    assert [(line.actor, line.details["plan_digest"], line.details["late"]) for line in lines] == [
        ("evaluator", "a" * 64, 0),
        ("evaluator", "b" * 64, 1),
    ]


def opened(engine, study, wave=1, as_of="2023-01-01"):
    with reading(engine) as conn:
        return opened_at(conn, study.instruments["pupil"], wave, given.moment(as_of))


def test_a_wave_is_open_from_its_first_answers_on(engine, study):
    pupil = study.instruments["pupil"]
    assert opened(engine, study) is None
    with writing(engine) as conn:
        given.stored(conn, pupil, given.batch("base"), ROWS, at="2022-03-02")
    assert opened(engine, study) is None
    with writing(engine) as conn:
        year_end = given.batch("end", wave=1, received="2022-11-15")
        given.stored(conn, pupil, year_end, ROWS, at="2022-11-16")
        given.stored(conn, pupil, given.batch("more", wave=1), ROWS, at="2022-11-20")
    assert opened(engine, study) == given.moment("2022-11-16")
    assert opened(engine, study, as_of="2022-11-15") is None
    assert opened(engine, study, wave=0) == given.moment("2022-03-02")


def test_what_was_corrected_has_been_seen(engine, study):
    pupil = study.instruments["pupil"]
    with writing(engine) as conn:
        seen = given.stored(conn, pupil, given.batch("end", wave=1), ROWS, at="2022-11-16")
        at = given.moment("2022-11-18")
        move_batch(conn, seen, Status.SUPERSEDED, at=at, actor="a test")
    assert opened(engine, study) == given.moment("2022-11-16")


def test_a_refused_batch_opens_nothing(engine, study):
    with writing(engine) as conn:
        ensure_instrument(conn, study.instruments["pupil"], at=LATER, actor="a test")
        refused = given.batch("end", wave=1)
        add_batch(conn, refused, actor="a test")
        move_batch(conn, refused, Status.REFUSED, at=LATER, actor="a test")
    assert opened(engine, study) is None
