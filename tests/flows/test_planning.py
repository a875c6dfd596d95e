"""A plan is frozen before the year-end answers; later, every result is held against it."""

from dataclasses import replace

import pytest

from evaluation.errors import EvaluationError
from evaluation.records.planning import Origin, Planning
from evaluation.store.engine import open_store, reading, writing
from flows.cli import main
from flows.comparison import run_of
from flows.planning import freeze, planning_of
from tests.given import batch, moment, stored

ROWS = """
respondent wb_1
a1         1
"""
EARLY, OPEN, LATE, YEAR_END = map(moment, ("2022-10-03", "2022-11-16", "2022-12-01", "2022-12-31"))


@pytest.fixture
def engine(settings):
    return open_store(settings.database_url)


def put(engine, study, *waves):
    for wave in waves:
        with writing(engine) as conn:
            at = ("2022-03-02", "2022-11-16")[wave]
            pupil = study.instruments["pupil"]
            stored(conn, pupil, batch(f"w{wave}", wave=wave, received=at), ROWS, at=at)


def planning(engine, study, now=YEAR_END):
    with reading(engine) as conn:
        return planning_of(conn, study, run_of(conn, study, as_of=now, now=now))


def edited(study, old, new, **changes):
    """The study with another plan.yaml; the fields that matter here are changed by hand."""
    text = study.plan.text.replace(old, new)
    assert text != study.plan.text
    return replace(study, plan=replace(study.plan, text=text, digest="f" * 64, **changes))


def test_a_plan_frozen_in_time_makes_its_results_planned(engine, study):
    put(engine, study, 0)
    made, new = freeze(engine, study, now=EARLY, actor="evaluator")
    assert (made.digest, made.late, new) == (study.plan.digest, False, True)
    put(engine, study, 1)
    found = planning(engine, study)
    assert found.frozen == made
    assert found.changes == ()
    assert {origin for _, origin in found.origins} == {Origin.PLANNED}


def test_without_a_frozen_plan_no_result_is_called_planned(engine, study):
    put(engine, study, 0, 1)
    assert planning(engine, study) == Planning()
    assert Planning().origin("wellbeing") is Origin.UNFROZEN


def test_a_run_is_held_against_what_was_frozen_before_it(engine, study):
    """Or freezing would change what an earlier report says."""
    put(engine, study, 0)
    freeze(engine, study, now=LATE, actor="evaluator")
    assert planning(engine, study, now=EARLY) == Planning()
    assert planning(engine, study).frozen is not None


def test_a_plan_frozen_after_the_data_were_opened_says_so_at_every_result(engine, study):
    put(engine, study, 0, 1)
    made, _ = freeze(engine, study, now=LATE, actor="evaluator")
    assert made.opened_at == OPEN
    assert {origin for _, origin in planning(engine, study).origins} == {Origin.LATE}


def test_freezing_the_same_plan_again_changes_nothing_also_after_the_data_came(engine, study):
    put(engine, study, 0)
    first, _ = freeze(engine, study, now=EARLY, actor="evaluator")
    put(engine, study, 1)
    assert freeze(engine, study, now=LATE, actor="another") == (first, False)


def test_until_the_data_are_open_a_plan_may_be_replaced_and_then_no_more(engine, study):
    put(engine, study, 0)
    freeze(engine, study, now=EARLY, actor="evaluator")
    second = edited(study, "alpha: 0.05", "alpha: 0.01")
    made, new = freeze(engine, second, now=EARLY, actor="evaluator")
    assert (made.digest, new) == ("f" * 64, True)
    put(engine, study, 1)
    with pytest.raises(EvaluationError, match="plan_frozen_before"):
        freeze(engine, study, now=LATE, actor="evaluator")
    assert planning(engine, second).frozen == made


def test_an_outcome_added_later_and_one_that_was_changed_are_told_apart(engine, study):
    put(engine, study, 0)
    freeze(engine, study, now=EARLY, actor="evaluator")
    put(engine, study, 1)
    old = "  - {id: belonging, scale: belonging, family: secondary, estimator: ancova}\n"
    more = "  - {id: again, scale: belonging, family: secondary, estimator: ancova}\n"
    belonging = study.plan.outcomes[1]
    outcomes = (*study.plan.outcomes, replace(belonging, id="again"))
    found = planning(engine, edited(study, old, old + more, outcomes=outcomes))
    assert found.origins == (
        ("wellbeing", Origin.PLANNED),
        ("belonging", Origin.CHANGED),  # its family is larger now
        ("again", Origin.ADDED),
    )


def test_a_plan_edited_after_the_run_does_not_tell_its_results(engine, study):
    put(engine, study, 0)
    with reading(engine) as conn:
        run = run_of(conn, study, as_of=YEAR_END, now=YEAR_END)
        with pytest.raises(EvaluationError, match="plan_edited"):
            planning_of(conn, edited(study, "alpha: 0.05", "alpha: 0.2"), run)


def test_the_command_freezes_once_and_shows_what_was_changed(home, tmp_path, capsys):
    assert main(["plan"]) == 0
    assert "never frozen" in capsys.readouterr().out
    assert main(["plan", "freeze"]) == 2
    assert "--actor" in capsys.readouterr().err
    assert main(["plan", "freeze", "--actor", "evaluator"]) == 0
    assert "is frozen:" in capsys.readouterr().out
    assert main(["plan", "freeze", "--actor", "evaluator"]) == 0
    assert "already" in capsys.readouterr().out
    assert main(["plan", "show"]) == 0
    assert "Nothing of it was changed since." in capsys.readouterr().out


def test_the_command_names_what_was_changed(tmp_path, monkeypatch, capsys):
    import shutil

    from tests.conftest import EXPECTATIONS, STUDY
    from tests.flows.conftest import home_in

    folder = shutil.copytree(STUDY, tmp_path / "study")
    said = {"STORIES_STUDY": str(folder), "STORIES_EXPECTATIONS": str(EXPECTATIONS)}
    with home_in(tmp_path, STORIES_ACTOR="evaluator", **said) as settings:
        engine = open_store(settings.database_url)
        from evaluation.design import load_study

        put(engine, load_study(folder), 0, 1)
        assert main(["plan", "freeze"]) == 0
        assert "after the year-end answers" in capsys.readouterr().out
        plan = folder / "plan.yaml"
        plan.write_text(plan.read_text("utf-8").replace("dof_low: 4", "dof_low: 3"), "utf-8")
        assert main(["plan", "show", "--language", "ru"]) == 0
        said = capsys.readouterr().out
        assert "thresholds.dof_low: изменено" in said
        assert "после того, как начали поступать" in said
        assert main(["plan", "freeze"]) == 3
        assert "cannot be replaced" in capsys.readouterr().err


def test_an_action_that_there_is_not_and_an_endless_name_are_refused(home, capsys):
    assert main(["plan", "thaw"]) == 2
    assert "freeze, show" in capsys.readouterr().err
    assert main(["plan", "freeze", "--actor", "x" * 61]) == 2
    assert "60" in capsys.readouterr().err
