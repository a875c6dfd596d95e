"""What is tried again and what is not, and what Prefect's own page shows of an ingest."""

import pytest
from prefect import flow, task

from evaluation.errors import DeliveryError, StoreError
from evaluation.records.batches import Status
from flows.ingest import _is_about_the_store, ingest_batch
from flows.showing import ingest_summary


def attempts_until(error):
    """How often a task that fails the first time with this error was begun."""
    begun = []

    @task(retries=2, retry_delay_seconds=0, retry_condition_fn=_is_about_the_store)
    def fails_once():
        begun.append(1)
        if len(begun) == 1:
            raise error

    @flow
    def tried():
        fails_once(return_state=True)
        return len(begun)

    return tried()


@pytest.mark.parametrize(
    ("error", "attempts"),
    [
        (StoreError("database_locked", database="x"), 2),
        (DeliveryError("wrong_key", key_file="x"), 1),
        (ValueError("a bug"), 1),
    ],
)
def test_a_database_that_was_busy_is_asked_again_and_nothing_else(prefect, error, attempts):
    assert attempts_until(error) == attempts


def test_a_batch_is_tried_thrice():
    assert ingest_batch.retries == 2
    assert ingest_batch.retry_condition_fn is _is_about_the_store


def test_the_artifact_counts_statuses_and_says_nothing_else():
    assert ingest_summary([Status.REFUSED, Status.ACCEPTED, Status.REFUSED]).splitlines() == [
        "| status | batches |",
        "|---|---|",
        "| accepted | 1 |",
        "| refused | 2 |",
    ]
    assert ingest_summary([]).count("\n") == 1
