"""The evidence of a run: the same by Prefect's tasks as without, kept once."""

from datetime import UTC, datetime

import pytest

from evaluation.analysis import CHALLENGES, MEASURES, evidence_of, fields_needed, measures_of
from evaluation.design import load_study
from evaluation.records.measures import Measures
from evaluation.settings import CHECKOUT
from evaluation.store.challenges import load_challenges
from evaluation.store.engine import open_store, reading
from evaluation.store.estimates import latest_run, load_comparison
from evaluation.store.measures import load_measures
from evaluation.store.responses import load_responses
from flows.challenges import challenged, in_order
from flows.cli import main
from flows.measures import measured
from flows.power import power
from flows.releasing import facts_of
from tests.flows.conftest import home_in

NOW = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def compared(prefect, sendings, tmp_path_factory):
    """The small example compared twice by the flow, and its home."""
    from flows.compare import compare

    with home_in(tmp_path_factory.mktemp("evidence")) as settings:
        assert main(["ingest", str(sendings)]) in (0, 3)
        runs = {compare(), compare()}
        assert len(runs) == 1
        yield settings


def test_the_tasks_find_what_plain_functions_find(compared):
    study = load_study(CHECKOUT / "evaluation/study")
    with reading(open_store(compared.database_url)) as conn:
        run = latest_run(conn, NOW)
        kept = load_challenges(conn, run)
        as_of = load_comparison(conn, run).run.as_of
        instrument = study.instruments[study.plan.instrument]
        responses = load_responses(conn, instrument, as_of=as_of, fields=fields_needed(study))
        backwards = [challenged(conn, study, run, name) for name in reversed(CHALLENGES)]
    assert kept == evidence_of(responses, study) == in_order(backwards, study)
    assert len(kept) == len(study.plan.outcomes) * len(CHALLENGES)


def test_what_stands_beside_is_the_same_by_tasks_and_without(compared):
    study = load_study(CHECKOUT / "evaluation/study")
    with reading(open_store(compared.database_url)) as conn:
        run = latest_run(conn, NOW)
        kept = load_measures(conn, run)
        instrument = study.instruments[study.plan.instrument]
        as_of = load_comparison(conn, run).run.as_of
        responses = load_responses(conn, instrument, as_of=as_of, fields=fields_needed(study))
        parts = [measured(conn, study, run, name) for name in reversed(MEASURES)]
        facts = facts_of(conn, study, run)
    assert kept == measures_of(responses, study) == sum(parts, Measures()) == facts.measures
    assert kept.reliabilities and kept.losses and kept.robustness
    assert facts.evidence


def test_power_is_asked_of_the_store_and_printed_in_every_language(compared, capsys, tmp_path):
    study = load_study(CHECKOUT / "evaluation/study")
    answers = power(draws=3, seed=1)
    assert len(answers) == 4 * len(study.plan.outcomes)
    table, chart = tmp_path / "power.md", tmp_path / "power.svg"
    words = ["power", "--draws", "3", "--seed", "1", "--out", str(table), "--chart", str(chart)]
    assert main(["power", "--draws", "2"]) == 0
    assert "Written" not in capsys.readouterr().out
    assert main([*words, "--language", "kk"]) == 0
    printed = capsys.readouterr().out
    assert table.read_text("utf-8") in printed
    assert chart.read_bytes().startswith(b"<?xml")
    assert printed.count("\n| ") == 4 * len(study.plan.outcomes) + 1


def test_a_chart_of_another_kind_is_refused(compared, capsys):
    assert main(["power", "--chart", "power.docx"]) == 2
    assert ".svg" in capsys.readouterr().err
