"""Findings come back as they were found, and are counted as of any day."""

from types import MappingProxyType

import pytest

from evaluation.errors import TransitionError
from evaluation.records.batches import Status
from evaluation.records.findings import Effect, Finding, Severity
from evaluation.store import (
    add_batch,
    add_findings,
    finding_counts,
    load_findings,
    move_batch,
    reading,
    writing,
)
from tests import given

ONE = given.batch("one")
TWO = given.batch("two")
GAP = Finding("required", Severity.MUST_FIX, Effect.HOLD, 1, 7, "AB", "sex", {"n": 2, "codes": "қ"})
LOOK = Finding("age_range", Severity.PLEASE_CHECK, Effect.NOTE, values=MappingProxyType({"low": 8}))
WHOLE = Finding("no_rows", Severity.MUST_FIX, Effect.REFUSE)


def judged(conn, batch, findings, to=Status.REMARKS, at="2022-03-02"):
    add_batch(conn, batch, actor="ada")
    add_findings(conn, batch, findings)
    move_batch(conn, batch, to, at=given.moment(at), actor="ingest")


def counts(engine, day):
    with reading(engine) as conn:
        return finding_counts(conn, given.moment(day))


def test_findings_come_back_in_their_order(engine):
    with writing(engine) as conn:
        add_batch(conn, ONE, actor="ada")
        add_findings(conn, ONE, (GAP, LOOK, WHOLE))
        assert load_findings(conn, ONE.id) == (GAP, LOOK, WHOLE)
        assert load_findings(conn, TWO.id) == ()


def test_a_retry_stores_them_once(engine):
    with writing(engine) as conn:
        add_batch(conn, ONE, actor="ada")
        add_findings(conn, ONE, (GAP, LOOK))
        add_findings(conn, ONE, (LOOK,))
        assert load_findings(conn, ONE.id) == (LOOK,)
        add_findings(conn, ONE, ())
        assert load_findings(conn, ONE.id) == ()


def test_findings_of_a_judged_batch_stay(engine):
    with writing(engine) as conn:
        judged(conn, ONE, (GAP,))
        with pytest.raises(TransitionError, match="batch_decided"):
            add_findings(conn, ONE, ())
        assert load_findings(conn, ONE.id) == (GAP,)


def test_they_are_counted_by_rule_the_most_frequent_first(engine):
    with writing(engine) as conn:
        judged(conn, ONE, (WHOLE, GAP, LOOK, GAP))
        judged(conn, TWO, (GAP,), to=Status.REFUSED, at="2022-03-04")
    assert counts(engine, "2022-03-01") == ()
    assert counts(engine, "2022-03-02") == (("required", 2), ("age_range", 1), ("no_rows", 1))
    assert counts(engine, "2022-03-04") == (("required", 3), ("age_range", 1), ("no_rows", 1))


def test_those_of_a_corrected_batch_no_longer_count_but_did(engine):
    correction = given.batch("corrected", received="2022-04-01", supersedes=ONE)
    with writing(engine) as conn:
        judged(conn, ONE, (GAP, GAP))
        judged(conn, correction, (LOOK,), at="2022-04-02")
    assert counts(engine, "2022-04-01") == (("required", 2),)
    assert counts(engine, "2022-04-02") == (("age_range", 1),)
