"""A form comes onto KoboToolbox once, is changed when ours is, and nobody else's is touched."""

from contextlib import contextmanager
from dataclasses import replace

import pytest

from evaluation.errors import ServerError, SettingsError
from evaluation.servers.address import server_address
from evaluation.servers.deploying import Outcome
from evaluation.servers.kobo import served_form
from evaluation.servers.kobo_deploying import LOOKS, deploy
from evaluation.servers.web import Web
from tests.evaluation.servers.kobo_server import TOKEN, KoboServer
from tests.evaluation.servers.local import Reply, no_wait
from tests.evaluation.servers.own_forms import next_version, own_form

FOREIGN = [{"type": "text", "name": name} for name in ("harvest", "rain", "seed", "price")]


@contextmanager
def kobo(*faults):
    with KoboServer(*faults) as server, Web(server_address(server.url), no_wait()) as web:
        web.show(f"Token {TOKEN}")
        yield server, web


def pushed(web, own, uid=None):
    return deploy(web, own, uid, no_wait())


def writes(server):
    """What was asked of the server that changes something."""
    return [
        f"{q.method} {q.path.rpartition('/api/v2/')[2]}" for q in server.asked if q.method != "GET"
    ]


def test_a_new_form_is_made_with_our_questions_and_can_be_filled_in(study):
    with kobo() as (server, web):
        done = pushed(web, own_form(study))
        asset = server.assets[done.form]
    assert done.outcome is Outcome.MADE
    assert asset["name"] == "Pupil"
    assert asset["deployment__active"]
    assert asset["deployed_version_id"] == asset["version_id"]
    assert served_form(asset["content"]).names == own_form(study).names


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_pushed_again_in_any_language_nothing_is_changed(study, language):
    with kobo() as (server, web):
        form = pushed(web, own_form(study)).form
        server.asked.clear()
        again = pushed(web, own_form(study, language=language))
        assert (again.outcome, again.form) == (Outcome.SAME, form)
        assert pushed(web, own_form(study, language=language), form).outcome is Outcome.SAME
        assert writes(server) == []


def test_a_new_version_changes_the_form_that_is_there(study):
    with kobo() as (server, web):
        form = pushed(web, own_form(study)).form
        server.asked.clear()
        own = own_form(study, next_version(study))
        done = pushed(web, own)
        assert (done.outcome, done.form) == (Outcome.CHANGED, form)
        assert writes(server) == ["POST imports/", f"PATCH assets/{form}/deployment/"]
        asset = server.assets[form]
    assert asset["deployed_version_id"] == asset["version_id"]
    assert served_form(asset["content"]).names == own.names


def test_stopped_before_it_was_deployed_the_same_form_is_deployed_and_no_second_made(study):
    with kobo() as (server, web):
        form = pushed(web, own_form(study)).form
        server.assets[form] |= {
            "has_deployment": False,
            "deployment__active": False,
            "deployed_version_id": None,
        }
        server.asked.clear()
        assert pushed(web, own_form(study)).form == form
        assert writes(server) == [f"POST assets/{form}/deployment/"]
        assert server.assets[form]["deployment__active"]
        assert len(server.assets) == 1


def test_a_form_that_was_archived_is_made_active_again(study):
    with kobo() as (server, web):
        form = pushed(web, own_form(study)).form
        server.assets[form]["deployment__active"] = False
        server.asked.clear()
        assert pushed(web, own_form(study)).outcome is Outcome.CHANGED
        assert writes(server) == [f"PATCH assets/{form}/deployment/"]


def test_an_empty_project_may_become_our_form(study):
    with kobo() as (server, web):
        server.add_form("aEmpty", [], deployed=False)
        done = pushed(web, own_form(study), "aEmpty")
        assert (done.outcome, done.form) == (Outcome.CHANGED, "aEmpty")
        assert served_form(server.assets["aEmpty"]["content"]).names == own_form(study).names


def test_a_form_of_something_else_is_never_written_over(study):
    with kobo() as (server, web):
        server.add_form("aForeign", FOREIGN)
        with pytest.raises(ServerError) as refused:
            pushed(web, own_form(study), "aForeign")
        assert writes(server) == []
        assert served_form(server.assets["aForeign"]["content"]).paths[0] == "harvest"
    assert refused.value.rule == "server_foreign_form"


def test_a_form_that_only_has_our_title_is_left_alone(study):
    with kobo() as (server, web):
        server.add_form("aForeign", FOREIGN, name="Pupil")
        done = pushed(web, own_form(study))
        assert done.outcome is Outcome.MADE
        assert done.form != "aForeign"


def test_our_form_is_found_among_others(study):
    with kobo() as (server, web):
        server.add_form("aFirst", FOREIGN, name="Harvests")
        form = pushed(web, own_form(study)).form
        server.add_form("aLast", FOREIGN, name="Prices")
        assert pushed(web, own_form(study)).form == form


def test_a_form_that_disappears_between_the_list_and_the_look_is_none(study):
    gone = Reply(200, {"results": [{"uid": "aGone", "name": "Pupil"}], "next": None})
    with kobo(gone) as (_, web):
        assert pushed(web, own_form(study)).outcome is Outcome.MADE


def test_a_form_that_is_named_must_be_there(study):
    with kobo() as (server, web):
        with pytest.raises(SettingsError) as refused:
            pushed(web, own_form(study), "aNowhere")
        assert writes(server) == []
    assert refused.value.rule == "server_form_missing"


def test_a_server_that_reads_slowly_is_waited_for(study):
    waited = []
    with kobo() as (server, web):
        server.import_looks = 4
        deploy(web, own_form(study), None, no_wait(waited))
    assert waited == [2.0] * 3


def test_a_server_that_never_finishes_is_not_waited_for_for_ever(study):
    waited = []
    with kobo() as (server, web), pytest.raises(ServerError) as refused:
        server.import_looks = LOOKS + 1
        deploy(web, own_form(study), None, no_wait(waited))
    assert refused.value.rule == "server_silent"
    assert len(waited) == LOOKS


def test_a_form_that_the_server_cannot_read_is_said(study):
    failed = Reply(200, {"status": "error", "messages": {"error": "an inner word"}})
    with kobo(None, None, failed) as (server, web), pytest.raises(ServerError) as refused:
        pushed(web, own_form(study))
    assert refused.value.rule == "server_import_failed"
    assert "inner word" not in str(refused.value)
    assert server.assets == {}


@pytest.mark.parametrize(
    "messages",
    [{}, {"created": []}, {"created": [{"kind": "asset"}]}, {"updated": [{"uid": "aGone"}]}],
)
def test_an_import_of_nothing_is_not_understood(study, messages):
    done = Reply(200, {"status": "complete", "messages": messages})
    with kobo(None, None, done) as (_, web), pytest.raises(ServerError) as refused:
        pushed(web, own_form(study))
    assert refused.value.rule == "server_not_understood"


def test_an_import_that_perhaps_began_is_not_begun_twice(study):
    with kobo(None, Reply(502)) as (server, web), pytest.raises(ServerError) as refused:
        pushed(web, own_form(study))
    assert refused.value.rule == "server_failing"
    assert writes(server) == ["POST imports/"]


def test_the_title_alone_in_another_language_is_enough_to_find_it(study):
    with kobo() as (server, web):
        form = pushed(web, own_form(study)).form
        server.assets[form]["name"] = "Ученик"
        assert pushed(web, own_form(study)).form == form


def test_a_text_that_was_changed_is_brought_in_again(study):
    instrument = study.instruments["pupil"]
    first = instrument.fields[-1]
    reworded = replace(first, header=dict(first.header) | {"kk": "Басқа мәтін"})
    other = replace(instrument, fields=(*instrument.fields[:-1], reworded))
    with kobo() as (_, web):
        pushed(web, own_form(study))
        assert pushed(web, own_form(study, other)).outcome is Outcome.CHANGED
        assert pushed(web, own_form(study, other)).outcome is Outcome.SAME
