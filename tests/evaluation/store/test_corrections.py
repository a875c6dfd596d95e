"""The last of a chain of corrections, whatever became of its links."""

import pytest

from evaluation.records.batches import Status
from evaluation.store import add_batch, last_correction, move_batch, writing
from tests import given

ONE = given.batch("one")
TWO = given.batch("two", received="2022-03-03", supersedes=ONE)
THREE = given.batch("three", received="2022-03-05", supersedes=TWO)
OTHER = given.batch("other", received="2022-03-05", supersedes=ONE)

CASES = {
    "alone": ([(ONE, Status.ACCEPTED)], ONE),
    "corrected": ([(ONE, Status.ACCEPTED), (TWO, Status.REMARKS)], TWO),
    "corrected twice": (
        [(ONE, Status.ACCEPTED), (TWO, Status.REMARKS), (THREE, Status.ACCEPTED)],
        THREE,
    ),
    "the correction refused": ([(ONE, Status.ACCEPTED), (TWO, Status.REFUSED)], ONE),
    "the correction waits": ([(ONE, Status.ACCEPTED), (TWO, None)], TWO),
    "refused, then another": (
        [(ONE, Status.ACCEPTED), (TWO, Status.REFUSED), (OTHER, Status.ACCEPTED)],
        OTHER,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_new_correction_takes_the_place_of_the_last_one(engine, case):
    walked, last = CASES[case]
    with writing(engine) as conn:
        for batch, status in walked:
            add_batch(conn, batch, actor="ada")
            if status is not None:
                move_batch(conn, batch, status, at=batch.received_at, actor="ingest")
        assert last_correction(conn, ONE.id).id == last.id
