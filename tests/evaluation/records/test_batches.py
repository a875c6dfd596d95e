from datetime import UTC, datetime

import pytest

from evaluation.errors import TransitionError
from evaluation.records.batches import (
    LIVE,
    TRANSITIONS,
    Batch,
    Card,
    Status,
    Tally,
    batch_id,
    check_transition,
)

WHEN = datetime(2022, 12, 1, tzinfo=UTC)


def test_every_status_has_its_row():
    assert set(TRANSITIONS) == set(Status)
    assert set(Status) > LIVE


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_only_declared_transitions_are_allowed(before, after):
    batch = Batch("ab" * 32, "pupil", 1, "n", 1, 10, WHEN, status=before)
    if after in TRANSITIONS[before]:
        check_transition(batch, after)
    else:
        with pytest.raises(TransitionError, match="ABAB-ABAB"):
            check_transition(batch, after)


def test_the_id_covers_content_form_region_and_wave():
    same = {"instrument": "pupil", "region": "n", "wave": 0}
    first = batch_id(b"rows", **same)
    assert first == batch_id(b"rows", **same)
    others = {
        batch_id(b"rows2", **same),
        batch_id(b"rows", **same | {"instrument": "adult"}),
        batch_id(b"rows", **same | {"region": "s"}),
        batch_id(b"rows", **same | {"wave": 1}),
        batch_id(b"rows", **same | {"wave": None}),
    }
    assert len(others | {first}) == 6


def test_rows_are_neither_lost_nor_counted_twice():
    assert Tally(rows=10, accepted=7, held=2, without_consent=1).rows == 10
    with pytest.raises(AssertionError):
        Tally(rows=10, accepted=7, held=2, without_consent=2)


def test_a_card_answers_by_field_name():
    card = Card((("wave", "1"),))
    assert card.get("wave") == "1"
    assert card.get("region") is None
