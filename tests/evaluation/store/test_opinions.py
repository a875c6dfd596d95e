"""What stands beside an estimate is kept with it, to the last digit, on both databases."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from sqlalchemy import func, select, text

from evaluation.records.estimates import Comparison, Estimate
from evaluation.records.opinions import (
    Bootstrap,
    Companion,
    LeftOut,
    Leverage,
    Permutation,
    Word,
)
from evaluation.store import load_comparison, open_store, reading, save_comparison, tables, writing
from evaluation.store.all_tables import metadata
from evaluation.store.opinions import PARTS
from evaluation.store.upgrade import VERSION_TABLE
from tests.evaluation.store.test_estimates import ANSWERED, COMPARISON, RUN, UNANSWERED, save

DOUBTED = replace(
    ANSWERED,
    bootstraps=(
        Bootstrap("WCR11", "region", 1 / 3, None, 0.1 + 0.2, 256, True, 2 / 256, "WCR11, all"),
        Bootstrap("WCR11", "site", 0.5, -1e-17, None, 10_000, False, 1e-4, "WCR11, drawn"),
    ),
    permutation=Permutation(2 / 70, 1 / 35, 70, True, "all"),
    left_out=LeftOut(0.1, 5e-324, False),
    leverage=Leverage(1 / 7, 6.123456789012345, None),
    intraclass=-0.01,
    companions=(
        Companion("change_score", 0.3, 0.1, 4.2, 0.0, 0.6, 0.05, "CR2", "points"),
        Companion("ordinal", reason="too_many_values"),
    ),
    unavailable=(("max_t", "regions_differ"), ("WCU11", "cluster_alone")),
    p_max_t=0.25,
    q_sharpened=0.125,
    verdict=Word.SUGGESTIVE,
    verdict_reasons=("bootstrap_p", "leave_one_out_sign"),
)
REFUSED = replace(UNANSWERED, verdict=Word.NOT_ESTIMABLE, verdict_reasons=("too_few_regions",))
NOWHERE = replace(DOUBTED, left_out=LeftOut(None, None, False), permutation=None, leverage=None)


@pytest.mark.parametrize(
    "estimates",
    [
        (REFUSED, DOUBTED),
        (DOUBTED, ANSWERED, REFUSED),  # one of them from before there were verdicts
        (NOWHERE,),
        (),
    ],
)
def test_what_is_loaded_is_what_was_saved(engine, estimates):
    comparison = replace(COMPARISON, estimates=estimates)
    assert save(engine, comparison)
    with reading(engine) as conn:
        assert load_comparison(conn, RUN.id) == comparison


def lines(engine):
    with reading(engine) as conn:
        return [
            conn.scalar(select(func.count()).select_from(table))
            for table in (
                tables.estimates,
                tables.estimate_opinions,
                tables.estimate_bootstraps,
                tables.estimate_companions,
            )
        ]


def test_the_same_run_twice_adds_no_line(engine):
    comparison = replace(COMPARISON, estimates=(REFUSED, DOUBTED))
    save(engine, comparison)
    assert lines(engine) == [2, 2, 2, 2]
    assert not save(engine, comparison)
    assert lines(engine) == [2, 2, 2, 2]


def test_two_runs_keep_their_own_opinions(engine):
    later = replace(RUN, id="2022-12-02-b")
    other = replace(DOUBTED, verdict=Word.SUPPORTED, verdict_reasons=(), bootstraps=())
    save(engine, replace(COMPARISON, estimates=(DOUBTED,)))
    save(engine, Comparison(later, (other,), COMPARISON.flow, COMPARISON.quality))
    with reading(engine) as conn:
        assert load_comparison(conn, RUN.id).estimates == (DOUBTED,)
        assert load_comparison(conn, later.id).estimates == (other,)


def test_every_field_of_an_estimate_has_its_column():
    own = {column.name for column in tables.estimates.c} - {"run", "position"}
    assert own | set(PARTS) == {field.name for field in fields(Estimate)}
    assert not own & set(PARTS)


FIRST_TABLES = {
    *("arm_flows", "batch_cards", "batch_qualities", "batch_statuses", "batches", "estimates"),
    *("events", "findings", "instruments", "participant_flows", "released_cells", "releases"),
    *("run_batches", "runs", "tallies", "withdrawals"),
}


def test_a_run_of_the_first_tables_comes_back_as_it_was(tmp_path):
    """A store that 0001 built, with a run in it, is opened by today's programme."""
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    engine = open_store(url)
    save(engine, COMPARISON)
    with writing(engine) as conn:
        for table in reversed(metadata.sorted_tables):
            if table.name not in FIRST_TABLES:
                table.drop(conn)
        conn.execute(text("ALTER TABLE tallies DROP COLUMN set_aside"))
        conn.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '0001'"))
    engine.dispose()
    again = open_store(url)
    with reading(again) as conn:
        assert load_comparison(conn, RUN.id) == COMPARISON
    with writing(again) as conn:
        later = replace(RUN, id="2022-12-02-b")
        assert save_comparison(
            conn, replace(COMPARISON, run=later, estimates=(DOUBTED,)), actor="compare"
        )
    with reading(again) as conn:
        assert load_comparison(conn, later.id).estimates == (DOUBTED,)
