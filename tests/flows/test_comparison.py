"""Who a run is: the same data, plan, study and code are the same run, whenever one looks."""

from dataclasses import replace

import pytest

from evaluation.design import load_study
from evaluation.errors import EvaluationError
from evaluation.records.batches import Status, Tally
from evaluation.store import add_batch, add_responses, ensure_instrument, move_batch
from evaluation.store.engine import open_store, reading, writing
from evaluation.store.withdrawals import withdraw
from flows.comparison import comparison_of, plan_of, run_of
from tests.flows.given import ROOT
from tests.given import batch, moment, responses

CHILDREN = """
respondent wb_1 wb_2 wb_3
a1         1    2    3
b2         4    3    2
"""


@pytest.fixture
def engine(settings):
    return open_store(settings.database_url)


def run(engine, study, *, as_of="2022-12-31", now="2023-01-01"):
    with reading(engine) as conn:
        return run_of(conn, study, as_of=moment(as_of), now=moment(now))


def put(engine, study, content="one", *, wave=0, at="2022-03-02"):
    """A batch of two children, judged as the gate judges."""
    instrument, when = study.instruments["pupil"], moment(at)
    sent = replace(batch(content, wave=wave, received=at), version=instrument.version)
    with writing(engine) as conn:
        add_batch(conn, sent, actor="test")
        ensure_instrument(conn, instrument, at=when, actor="test")
        add_responses(conn, instrument, sent, responses(CHILDREN, instrument, sent))
        move_batch(conn, sent, Status.ACCEPTED, at=when, actor="test", tally=Tally(2, 2))


def test_looking_again_at_the_same_data_is_the_same_run(engine, study):
    put(engine, study)
    early = run(engine, study, as_of="2022-06-01", now="2022-06-02")
    late = run(engine, study, as_of="2022-12-31", now="2023-01-01")
    assert early.id == late.id
    assert early.as_of == late.as_of == moment("2022-03-02")
    assert early.started_at != late.started_at


def test_new_data_a_withdrawal_and_another_study_are_other_runs(engine, study):
    put(engine, study)
    runs = [run(engine, study)]
    put(engine, study, "two", wave=1, at="2022-03-03")
    runs.append(run(engine, study))
    with writing(engine) as conn:
        withdraw(conn, "a1", at=moment("2022-04-01"), actor="test")
    runs.append(run(engine, study))
    runs.append(run(engine, replace(study, digest="another")))
    assert len({each.id for each in runs}) == 4


def test_an_earlier_day_is_the_same_run_until_somebody_withdraws(engine, study):
    """Whoever withdrew is gone from the store's past as well: its number of then cannot be had."""
    put(engine, study)
    first = run(engine, study)
    put(engine, study, "two", wave=1, at="2022-03-03")
    assert run(engine, study, as_of="2022-03-02 12:00").id == first.id
    with writing(engine) as conn:
        withdraw(conn, "a1", at=moment("2022-04-01"), actor="test")
    assert run(engine, study, as_of="2022-03-02 12:00").id != first.id


def test_without_data_there_is_no_run(engine, study):
    with pytest.raises(EvaluationError, match="no_data"):
        run(engine, study)
    put(engine, study, at="2022-03-02")
    with pytest.raises(EvaluationError, match="no_data"):
        run(engine, study, as_of="2022-03-01")


def test_a_study_without_a_plan_compares_nothing():
    with pytest.raises(EvaluationError, match="no_plan"):
        plan_of(load_study(ROOT / "tests/studies/bfi"))


def test_the_quality_counts_every_batch_and_the_flow_only_those_in_use(engine, study):
    put(engine, study)
    with writing(engine) as conn:
        sent = batch("bad", region="s")
        add_batch(conn, sent, actor="test")
        move_batch(conn, sent, Status.REFUSED, at=moment("2022-03-05"), actor="test")
    with reading(engine) as conn:
        made = comparison_of(
            conn, study, run_of(conn, study, as_of=moment("2022-12-31"), now=moment("2023-01-01"))
        )
    assert (made.quality.batches, made.quality.refused) == (2, 1)
    assert len(made.run.batches) == 1
    assert made.quality.item_answers == 6
    assert all(estimate.reason for estimate in made.estimates)


def test_answers_to_several_versions_are_compared_together_and_every_result_says_so(engine, study):
    later = replace(study.instruments["pupil"], version=2)
    next_study = replace(study, instruments={**study.instruments, "pupil": later})
    put(engine, study)
    with reading(engine) as conn:
        alone = comparison_of(conn, study, run(engine, study))
    assert all("versions_pooled" not in each.cautions for each in alone.estimates)
    put(engine, next_study, "two", wave=1, at="2022-11-20")
    with reading(engine) as conn:
        both = comparison_of(conn, next_study, run(engine, next_study))
    assert both.estimates
    assert all(each.cautions[-1] == "versions_pooled" for each in both.estimates)
    assert both.quality.item_answers > alone.quality.item_answers
