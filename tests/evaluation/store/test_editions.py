"""Reports on their way out come back with every move, and are found by any of their digests."""

import pytest
from sqlalchemy import func, select

from evaluation.errors import SettingsError
from evaluation.records.editions import Edition, EditionFile, Move, State, StateLine, Why
from evaluation.store import all_events, reading, writing
from evaluation.store.edition_tables import edition_files, edition_states
from evaluation.store.editions import (
    add_edition,
    all_editions,
    find_editions,
    load_edition,
    move_edition,
)
from tests.evaluation.store.test_estimates import COMPARISON, RUN, save
from tests.given import moment

DRAFT = EditionFile("page.kk.html", "d" * 64, "kk", "html")
MANIFEST = EditionFile("manifest.json", "f" * 64)
EDITION = Edition("a1" * 32, RUN.id, (DRAFT,), ())
OTHER = Edition("a2" * 32, RUN.id, (), ())
DAYS = [moment(f"2022-12-{day:02}") for day in range(1, 7)]
WALK = [
    (Move.SUBMIT, "evaluator", State.SUBMITTED),
    (Move.RETURN, "lead", State.DRAFT),
    (Move.SUBMIT, "evaluator", State.SUBMITTED),
    (Move.APPROVE, "lead", State.APPROVED),
    (Move.PUBLISH, "evaluator", State.RELEASED),
    (Move.RECALL, "lead", State.RECALLED),
]


def walked(conn, steps):
    assert add_edition(conn, EDITION)
    for (move, actor, _), at in zip(WALK[:steps], DAYS[:steps], strict=True):
        released = (MANIFEST,) if move is Move.PUBLISH else ()
        why = Why.DATA if move is Move.RECALL else None
        move_edition(conn, EDITION, move, at=at, actor=actor, why=why, released=released)


def test_every_move_is_kept_with_its_time_actor_and_line(engine):
    save(engine, COMPARISON)
    with writing(engine) as conn:
        walked(conn, 6)
        assert not add_edition(conn, EDITION)
    with reading(engine) as conn:
        found = load_edition(conn, EDITION.id)
        lines = [e for e in all_events(conn, DAYS[-1]) if e.kind.startswith("release.")]
    assert found.lines == tuple(
        StateLine(state, at, actor, Why.DATA if state is State.RECALLED else None)
        for (_, actor, state), at in zip(WALK, DAYS, strict=True)
    )
    assert (found.drafts, found.released, found.state) == ((DRAFT,), (MANIFEST,), State.RECALLED)
    assert [(e.kind, e.actor) for e in lines] == [(f"release.{s}", a) for _, a, s in WALK]
    assert lines[-1].details == {"edition": EDITION.id, "run": RUN.id, "why": "data"}


def test_a_move_that_is_not_allowed_writes_nothing(engine):
    save(engine, COMPARISON)
    with writing(engine) as conn:
        walked(conn, 1)
    with pytest.raises(SettingsError, match="release_by_author"), writing(engine) as conn:
        move_edition(conn, EDITION, Move.APPROVE, at=DAYS[2], actor="Evaluator")
    with pytest.raises(SettingsError, match="release_is_submitted"), writing(engine) as conn:
        move_edition(conn, EDITION, Move.PUBLISH, at=DAYS[2], actor="x", released=(MANIFEST,))
    with reading(engine) as conn:
        assert conn.scalar(select(func.count()).select_from(edition_states)) == 1
        assert conn.scalar(select(func.count()).select_from(edition_files)) == 1


def test_it_is_found_by_its_number_and_by_any_of_its_files(engine):
    save(engine, COMPARISON)
    with writing(engine) as conn:
        walked(conn, 5)
        add_edition(conn, OTHER)
        move_edition(conn, OTHER, Move.SUBMIT, at=DAYS[5], actor="evaluator")
    with reading(engine) as conn:
        found = {
            digest: [each.id[:2] for each in find_editions(conn, digest)]
            for digest in ("a1a1", "d" * 64, "ffff", "a", "b", "%")
        }
        assert [each.id for each in all_editions(conn)] == [EDITION.id, OTHER.id]
    assert found == {
        "a1a1": ["a1"],
        "d" * 64: ["a1"],
        "ffff": ["a1"],
        "a": ["a1", "a2"],
        "b": [],
        "%": [],
    }
