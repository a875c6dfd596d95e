"""A run is kept whole: what is read back equals what was saved."""

import math
from dataclasses import replace

import pytest

from evaluation.errors import StoreError
from evaluation.records.estimates import (
    ArmFlow,
    BatchQuality,
    Comparison,
    Estimate,
    ParticipantFlow,
    Run,
)
from evaluation.store import (
    add_batch,
    all_events,
    has_comparison,
    latest_run,
    load_comparison,
    reading,
    save_comparison,
    writing,
)
from tests import given

ONE, TWO = given.batch("one"), given.batch("two")
LATER = given.moment("2030-01-01")

RUN = Run(
    id="2022-12-01-a",
    as_of=given.moment("2022-12-01"),
    started_at=given.moment("2022-12-01 09:30"),
    code_version="0.1.0",
    plan_digest="a" * 64,
    plan_dated=given.moment("2022-02-01").date(),
    study_digest="b" * 64,
    data_digest="c" * 64,
    batches=tuple(sorted((ONE.id, TWO.id), reverse=True)),
    versions=(("statsmodels", "0.15.0"), ("numpy", "2.4.6")),
    synthetic=True,
)
ANSWERED = Estimate(
    outcome="wellbeing",
    scale="wellbeing",
    family="primary",
    estimator="ancova",
    value=0.1 + 0.2,
    standard_error=math.pi,
    low=-1e-17,
    high=1e300,
    dof=3.7,
    p_value=5e-324,
    p_adjusted=0.5,
    adjusted_by="holm",
    method="CR2",
    n_pilot=120,
    regions_pilot=4,
    smallest_p=1 / 35,
    cautions=("few_regions", "imbalance"),
)
UNANSWERED = Estimate("belonging", "belonging", "secondary", "ancova", reason="too_few_regions")
COMPARISON = Comparison(
    run=RUN,
    estimates=(UNANSWERED, ANSWERED),
    flow=ParticipantFlow(
        arms=(
            ArmFlow("pilot", 4, 130, None, 120, 110, 100, 99),
            ArmFlow("comparison", 4, None, 125, 118, 100, 98, 98),
        ),
        moved=3,
        unassigned=0,
    ),
    quality=BatchQuality(9, 1, 250, 240, 8, 2, 7000, 200, (("required", 8), ("age_range", 1))),
)


def save(engine, comparison):
    with writing(engine) as conn:
        for batch in (ONE, TWO):
            add_batch(conn, batch, actor="ada")
        return save_comparison(conn, comparison, actor="compare")


def test_a_run_comes_back_to_the_last_digit(engine):
    assert save(engine, COMPARISON)
    with reading(engine) as conn:
        assert has_comparison(conn, RUN.id)
        assert not has_comparison(conn, "no such run")
        assert load_comparison(conn, RUN.id) == COMPARISON


def test_a_run_that_found_nothing_comes_back_too(engine):
    empty = Comparison(
        run=replace(RUN, batches=(), versions=()),
        estimates=(),
        flow=ParticipantFlow((), 0, 0),
        quality=BatchQuality(0, 0, 0, 0, 0, 0, 0, 0, ()),
    )
    save(engine, empty)
    with reading(engine) as conn:
        assert load_comparison(conn, RUN.id) == empty


def test_the_same_run_twice_changes_nothing(engine):
    save(engine, COMPARISON)
    assert not save(engine, replace(COMPARISON, estimates=()))
    with reading(engine) as conn:
        assert load_comparison(conn, RUN.id) == COMPARISON
        lines = [event for event in all_events(conn, LATER) if event.kind == "run.saved"]
    assert len(lines) == 1
    assert (lines[0].at, lines[0].actor) == (RUN.started_at, "compare")
    assert lines[0].details["run"] == RUN.id
    assert lines[0].details["estimates"] == 2


def test_the_latest_run_is_the_one_started_last_by_then(engine):
    later = replace(RUN, id="2022-12-02-a", started_at=given.moment("2022-12-02"))
    save(engine, COMPARISON)
    save(engine, replace(COMPARISON, run=later))
    with reading(engine) as conn:
        assert latest_run(conn, given.moment("2022-12-01")) is None
        assert latest_run(conn, given.moment("2022-12-01 09:30")) == RUN.id
        assert latest_run(conn, LATER) == later.id


def test_a_run_that_is_not_there_is_told(engine):
    with pytest.raises(StoreError, match="run_unknown"), reading(engine) as conn:
        load_comparison(conn, "no such run")
