"""Every pair of a state and a move, and who may not."""

import re
from pathlib import Path

import pytest

from evaluation.errors import SettingsError
from evaluation.language import Language, languages
from evaluation.records.editions import (
    MOVES,
    Edition,
    EditionFile,
    Move,
    State,
    StateLine,
    Why,
    check_move,
    edition_id,
)
from tests.given import moment

TABLE = """
state      submit    approve  return publish  recall
draft      submitted -        -      -        -
submitted  -         approved draft  -        -
approved   -         -        draft  released -
released   -         -        -      -        recalled
recalled   -         -        -      -        -
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
PAIRS = [
    (State(row[0]), Move(move), to)
    for row in ROWS
    for move, to in zip(HEAD[1:], row[1:], strict=True)
]


def edition(state: State, *authors: str) -> Edition:
    lines = [StateLine(State.SUBMITTED, moment("2022-12-01"), author) for author in authors]
    return Edition("e" * 64, "run", (), (*lines, StateLine(state, moment("2022-12-02"), "lead")))


@pytest.mark.parametrize(("state", "move", "to"), PAIRS)
def test_a_move_leads_where_the_table_says_or_nowhere(state, move, to):
    if to == "-":
        with pytest.raises(SettingsError, match=f"release_is_{state}") as refused:
            check_move(edition(state), move, "lead")
        assert refused.value.exit_code == 2
    else:
        assert check_move(edition(state), move, "second person") == to


def test_the_table_is_whole():
    assert {pair[:2] for pair in PAIRS} == {(state, move) for state in State for move in Move}
    assert set(MOVES) == set(Move)


@pytest.mark.parametrize("actor", ["evaluator", "EVALUATOR", "another author"])
def test_whoever_handed_it_in_cannot_approve_it(actor):
    handed_in = edition(State.SUBMITTED, "another author", "evaluator")
    with pytest.raises(SettingsError, match="release_by_author"):
        check_move(handed_in, Move.APPROVE, actor)
    assert check_move(handed_in, Move.APPROVE, "lead of the programme") is State.APPROVED
    assert check_move(handed_in, Move.RETURN, actor) is State.DRAFT


def test_an_edition_is_its_run_and_the_bytes_of_its_drafts_in_any_order():
    one, two = EditionFile("a", "1" * 64, "kk", "html"), EditionFile("b", "2" * 64)
    assert edition_id("run", (one, two)) == edition_id("run", (two, one))
    assert (
        len({edition_id("run", (one, two)), edition_id("run", (one,)), edition_id("x", (one,))})
        == 3
    )
    assert Edition("e" * 64, "run", (one,), ()).state is State.DRAFT


@pytest.mark.parametrize("code", languages())
def test_every_state_and_reason_has_its_words(code):
    say = Language(code)
    assert all(say(f"release.state.{state}") for state in State)
    assert all(say(f"error.release_is_{state}", report="1") for state in State)
    assert all(say(f"release.why.{why}") for why in Why)


def test_the_way_of_a_report_is_drawn_with_every_state_and_move():
    page = Path(__file__).parents[3] / "docs/operations.md"
    drawn = page.read_text("utf-8").split("## The way of a report")[1].split("\n## ")[0]
    said = set(re.findall(r"[a-z]+", drawn))
    assert {*map(str, State), *map(str, Move)} <= said
