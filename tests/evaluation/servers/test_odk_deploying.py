"""A form comes onto ODK Central once, a new version over a draft, and nobody else's is touched."""

from contextlib import contextmanager

import pytest

from evaluation.errors import ServerError, SettingsError
from evaluation.servers.address import server_address
from evaluation.servers.deploying import Deployed, Outcome
from evaluation.servers.odk_deploying import deploy
from evaluation.servers.web import Web
from tests.evaluation.servers.local import Reply, no_wait
from tests.evaluation.servers.odk_server import TOKEN, OdkServer
from tests.evaluation.servers.own_forms import next_version, own_form

KEY = ("1", "pupil")


@contextmanager
def odk(*faults):
    with OdkServer(*faults) as server, Web(server_address(server.url), no_wait()) as web:
        web.show(f"Bearer {TOKEN}")
        yield server, web


def writes(server):
    return [
        f"{q.method} {q.path.removeprefix('/v1/projects/1/')}"
        for q in server.asked
        if q.method != "GET"
    ]


def names(server):
    return {path.rpartition("/")[2] for path in server.forms[KEY]["paths"]}


def test_a_new_form_is_made_and_published(study):
    with odk() as (server, web):
        assert deploy(web, own_form(study), 1) == Deployed(Outcome.MADE, "pupil")
        form = server.forms[KEY]
        assert (form["version"], form["publishedAt"] is not None) == ("1", True)
        assert names(server) == own_form(study).names


def test_pushed_again_nothing_is_changed(study):
    with odk() as (server, web):
        deploy(web, own_form(study), 1)
        server.asked.clear()
        assert deploy(web, own_form(study, language="kk"), 1).outcome is Outcome.SAME
        assert writes(server) == []


def test_a_new_version_is_published_over_a_draft(study):
    own = own_form(study, next_version(study))
    with odk() as (server, web):
        deploy(web, own_form(study), 1)
        server.asked.clear()
        assert deploy(web, own, 1).outcome is Outcome.CHANGED
        assert writes(server) == ["POST forms/pupil/draft", "POST forms/pupil/draft/publish"]
        assert (server.forms[KEY]["version"], names(server)) == ("2", own.names)


def test_stopped_before_it_was_published_the_draft_is_published(study):
    own = own_form(study, next_version(study))
    with odk() as (server, web):
        deploy(web, own_form(study), 1)
        server.faults = [None, None, None, Reply(503)]
        with pytest.raises(ServerError):
            deploy(web, own, 1)
        assert server.forms[KEY]["version"] == "1"
        assert deploy(web, own, 1).outcome is Outcome.CHANGED
        assert server.forms[KEY]["version"] == "2"


def test_a_form_that_was_never_published_is_published(study):
    with odk() as (server, web):
        server.add_form("pupil", sorted(own_form(study).names), published=False)
        assert deploy(web, own_form(study), 1).outcome is Outcome.CHANGED
        assert server.forms[KEY]["publishedAt"]


def test_a_form_of_something_else_under_this_id_is_never_written_over(study):
    with odk() as (server, web), pytest.raises(ServerError) as refused:
        server.add_form("pupil", ["harvest", "rain", "seed"])
        deploy(web, own_form(study), 1)
    assert refused.value.rule == "server_foreign_form"
    assert writes(server) == []


def test_the_same_version_with_other_questions_is_refused(study):
    with odk() as (server, web), pytest.raises(ServerError) as refused:
        server.add_form("pupil", sorted(own_form(study).names - {"age"}))
        deploy(web, own_form(study), 1)
    assert refused.value.rule == "server_same_version"
    assert refused.value.values == {"dataset": "pupil", "version": 1}
    assert writes(server) == []


def test_going_back_to_an_older_version_is_a_conflict(study):
    with odk() as (_, web):
        deploy(web, own_form(study), 1)
        deploy(web, own_form(study, next_version(study)), 1)
        with pytest.raises(ServerError) as refused:
            deploy(web, own_form(study), 1)
    assert refused.value.rule == "server_conflict"


def test_a_project_must_be_there(study):
    with odk() as (server, web), pytest.raises(SettingsError) as refused:
        deploy(web, own_form(study), 7)
    assert refused.value.rule == "server_form_missing"
    assert server.forms == {}
