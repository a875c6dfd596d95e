"""A withdrawal is kept once, from its first day on."""

from evaluation.store import all_events, reading, withdraw, withdrawn, writing
from tests import given

MAY, JUNE = given.moment("2022-05-01"), given.moment("2022-06-01")


def test_the_first_day_counts(engine):
    with writing(engine) as conn:
        assert withdraw(conn, "p01", at=MAY, actor="ada")
        assert not withdraw(conn, "p01", at=JUNE, actor="ada")
        assert withdraw(conn, "p02", at=JUNE, actor="ada")
    with reading(engine) as conn:
        assert withdrawn(conn, given.moment("2022-04-30")) == frozenset()
        assert withdrawn(conn, MAY) == {"p01"}
        assert withdrawn(conn, JUNE) == {"p01", "p02"}


def test_it_leaves_a_line_that_does_not_say_who(engine):
    with writing(engine) as conn:
        withdraw(conn, "p01", at=MAY, actor="ada")
        withdraw(conn, "p01", at=JUNE, actor="ada")
        (event,) = all_events(conn, JUNE)
    assert (event.kind, event.at, event.actor) == ("respondent.withdrawn", MAY, "ada")
    assert "p01" not in str(event)
