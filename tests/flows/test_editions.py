"""From the draft to the readers by four eyes; killed anywhere, nothing is half released."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from evaluation.design import load_study
from evaluation.errors import EvaluationError, StoreError
from evaluation.records.editions import Move, State, Why
from evaluation.release.bundle import contents
from evaluation.settings import CHECKOUT
from evaluation.store import all_releases, open_store, reading, save_comparison, writing
from evaluation.store.editions import all_editions
from evaluation.store.events import broken_at
from evaluation.store.withdrawals import withdraw
from flows.editions import decide, edition_named, publish, recall, submit
from tests.evaluation.release import given
from tests.flows.test_releasing import PILOT, START, found

RUN = "run-0"
NOW = START + timedelta(days=1)
STUDY = given.study()


@pytest.fixture
def engine(settings):
    engine = open_store(settings.database_url)
    with writing(engine) as conn:
        save_comparison(conn, found(RUN, PILOT), actor="test")
    return engine


def submitted(engine, settings, study=STUDY):
    return submit(engine, settings, study, run=RUN, now=NOW, actor="evaluator")


def approved(engine, settings):
    return decide(engine, submitted(engine, settings), Move.APPROVE, now=NOW, actor="lead")


def folders(settings):
    return {
        f"{place}/{path.name}"
        for place in ("released", "recalled")
        for path in (settings.reports / place).glob("*")
    }


def test_four_eyes_take_a_report_to_its_readers(engine, settings):
    edition = approved(engine, settings)
    assert folders(settings) == set()
    done = publish(engine, settings, STUDY, edition, now=NOW, actor="evaluator")
    assert done.state is State.RELEASED
    files = contents(settings.reports / "released" / edition.short)
    assert set(files) == {file.name for file in done.released}
    assert all(hashlib.sha256(files[f.name]).hexdigest() == f.digest for f in done.released)
    said = json.loads(files["manifest.json"])
    assert said["edition"] == edition.id
    assert [(s["state"], s["actor"]) for s in said["states"]] == [
        ("submitted", "evaluator"),
        ("approved", "lead"),
    ]
    assert said["plan"]["frozen"] is None
    assert said["plan"]["results"]["reading"] == "unfrozen"
    assert {f["digest"] for f in said["files"]} == {
        f.digest for f in done.released if f.name != "manifest.json"
    }
    pages = [name for name in files if name.endswith(".html")]
    assert len(pages) == 3 and not any(b'page-mark">Draft' in files[name] for name in pages)
    # Both what was handed round as a draft and what was released count for later reports.
    with reading(engine) as conn:
        known = {release.digest for release in all_releases(conn, NOW)}
        assert broken_at(conn) is None
    reports = {f.digest for f in done.released if f.format}
    assert reports | {f.digest for f in done.drafts} == known
    assert not reports & {f.digest for f in done.drafts}
    done = recall(engine, settings, done, why=Why.DATA, now=NOW, actor="lead")
    assert (done.state, folders(settings)) == (State.RECALLED, {f"recalled/{edition.short}"})


def test_it_is_named_by_its_number_or_by_the_digest_of_a_file(engine, settings):
    edition = submitted(engine, settings)
    assert edition_named(engine, edition.short) == edition
    assert edition_named(engine, edition.drafts[3].digest.upper()) == edition
    for wrong, rule in (("abc", "digest_too_short"), ("0" * 64, "release_not_submitted")):
        with pytest.raises(EvaluationError, match=rule):
            edition_named(engine, wrong)


def test_what_was_changed_since_it_was_read_is_not_released(engine, settings):
    edition = approved(engine, settings)
    other = replace(STUDY, title=given.texts("Another", "Другое", "Басқа"))
    with pytest.raises(StoreError, match="release_changed"):
        publish(engine, settings, other, edition, now=NOW, actor="evaluator")
    assert folders(settings) == set()
    with reading(engine) as conn:
        (known,) = all_editions(conn)
    assert known.state is State.APPROVED


def test_after_a_withdrawal_nothing_is_handed_in_or_released_without_comparing_again(
    engine, settings
):
    edition = approved(engine, settings)
    later = NOW + timedelta(hours=1)
    with writing(engine) as conn:
        withdraw(conn, "somebody", at=later, actor="test")
    with pytest.raises(StoreError, match="release_withdrawn"):
        publish(engine, settings, STUDY, edition, now=later, actor="evaluator")
    with pytest.raises(StoreError, match="release_withdrawn"):
        submit(engine, settings, STUDY, run=RUN, now=later, actor="evaluator")
    assert folders(settings) == set()


def test_where_the_folder_cannot_be_put_there_nothing_is_called_released(engine, settings):
    edition = approved(engine, settings)
    place = settings.reports / "released" / edition.short
    place.mkdir(parents=True)
    (place / "something else").write_text("x")
    with pytest.raises(StoreError, match="released_folder_changed"):
        publish(engine, settings, STUDY, edition, now=NOW, actor="evaluator")
    assert edition_named(engine, edition.id).state is State.APPROVED
    assert edition_named(engine, edition.id).released == ()
    # Killed between the folder and the store: the same command again ends what was begun.
    (place / "something else").unlink()
    place.rmdir()
    done = publish(engine, settings, STUDY, edition, now=NOW, actor="evaluator")
    assert done.state is State.RELEASED


def test_the_folder_of_a_killed_attempt_is_taken_as_it_is(engine, settings, tmp_path):
    import shutil

    edition = approved(engine, settings)
    # Another house, the same report: its folder is what the killed attempt had put there.
    home = replace(settings, data=tmp_path / "other", database_url=f"sqlite:///{tmp_path}/o.sqlite")
    twin = open_store(home.database_url)
    with writing(twin) as conn:
        save_comparison(conn, found(RUN, PILOT), actor="test")
    publish(twin, home, STUDY, approved(twin, home), now=NOW, actor="evaluator")
    place = settings.reports / "released" / edition.short
    shutil.copytree(home.reports / "released" / edition.short, place)
    before = contents(place)
    later = NOW + timedelta(hours=1)
    done = publish(engine, settings, STUDY, edition, now=later, actor="evaluator")
    assert (done.state, contents(place)) == (State.RELEASED, before)


def test_a_progress_report_goes_the_same_way_under_its_own_name(engine, settings):
    study = replace(STUDY, contents=load_study(CHECKOUT / "evaluation/study").contents)
    said = {"run": RUN, "now": NOW, "actor": "evaluator"}
    edition = submit(engine, settings, study, **said, kind="progress")
    other = submit(engine, settings, study, **said)
    assert edition.id != other.id
    assert {file.name.split("-")[0] for file in edition.drafts} == {"progress"}
    edition = decide(engine, edition, Move.APPROVE, now=NOW, actor="lead")
    done = publish(engine, settings, study, edition, now=NOW, actor="evaluator")
    assert done.state is State.RELEASED
    files = contents(settings.reports / "released" / edition.short)
    assert sum(name.startswith("progress-report.") for name in files) == 9
    assert not any(b"differences-table" in content for content in files.values())
