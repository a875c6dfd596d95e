"""How long is waited before a server is asked again."""

import pytest

from evaluation.servers.patience import FIRST_PAUSE, Patience, asked_to_wait

NOON = "Mon, 14 Nov 2022 12:00:00 GMT"
ASKED = {
    ("7", NOON): 7.0,
    (" 120 ", ""): 120.0,
    # Held against the server's own clock: ours may be years off.
    ("Mon, 14 Nov 2022 12:01:30 GMT", NOON): 90.0,
    ("Mon, 14 Nov 2022 11:00:00 GMT", NOON): 0.0,
    ("Mon, 14 Nov 2022 12:01:30 GMT", ""): None,
    ("soon", NOON): None,
    ("", NOON): None,
    ("-5", NOON): None,
}


@pytest.mark.parametrize("said", ASKED)
def test_what_a_server_asks_for_is_understood_by_its_own_clock(said):
    after, date = said
    assert asked_to_wait({"retry-after": after, "date": date}) == ASKED[said]


def test_a_server_that_asks_for_nothing_is_not_understood_to():
    assert asked_to_wait({}) is None


@pytest.mark.parametrize("chance", [0.0, 0.3, 1.0])
def test_pauses_double_and_are_spread_by_a_half(chance):
    patience = Patience(chance=lambda: chance)
    pauses = [patience.pause(attempt, None) for attempt in range(4)]
    assert pauses == [FIRST_PAUSE * (0.5 + chance) * n for n in (1, 2, 4, 8)]


def test_what_a_server_asks_for_is_waited_at_least():
    assert Patience(chance=lambda: 0.0).pause(3, 30.0) == 30.5
