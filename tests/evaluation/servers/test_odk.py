"""ODK Central: what is later than the last moment it told, a little before that, and each once."""

import json
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from evaluation.errors import ServerError, SettingsError
from evaluation.servers.address import server_address
from evaluation.servers.odk import Odk, field_paths, sign_in
from evaluation.servers.submissions import ServedForm
from evaluation.servers.web import Web
from tests.evaluation.servers.local import Reply, no_wait
from tests.evaluation.servers.odk_server import EMAIL, PASSWORD, TOKEN, OdkServer

PATHS = ("region", "questions/wb_1", "age")


@contextmanager
def odk_of(server, form="pupil", project=1):
    with Web(server_address(server.url), no_wait()) as web:
        sign_in(web, token=TOKEN, email="", password="")
        yield Odk(web, project, form)


def numbered(server, *days):
    server.add_form("pupil", PATHS)
    for day in days:
        said = {"region": "n", "questions": {"wb_1": "1"}}
        server.send("pupil", day, said, at=f"2022-03-{day:02d}T08:00:00.123Z")


def changed(odk, known=(), since=None):
    return list(odk.changed(odk.form(), known, since))


def numbers(fetched):
    return [each.number.removeprefix("uuid:") for each in fetched]


def test_the_questions_of_a_form_are_found_in_their_groups():
    with OdkServer() as server, odk_of(server) as odk:
        server.add_form("pupil", PATHS, version="2")
        assert odk.form() == ServedForm(PATHS, "2")
        assert odk.name == f"odk {server.url} 1 pupil"


def test_a_form_may_be_called_anything():
    with OdkServer() as server, odk_of(server, "a form/№ 1") as odk:
        server.add_form("a%20form%2F%E2%84%96%201", PATHS)
        assert odk.form().paths == PATHS


def test_everything_is_new_at_first_and_nothing_after_that():
    with OdkServer(per_page=2) as server, odk_of(server) as odk:
        numbered(server, 1, 2, 3, 4, 5)
        first = changed(odk)
        assert numbers(first) == ["5", "4", "3", "2", "1"]
        assert max(each.at for each in first) == datetime(2022, 3, 5, 8, 0, 0, 123000, UTC)
        assert changed(odk, {each.edition for each in first}, max(e.at for e in first)) == []


def test_only_what_is_later_is_asked_for_by_the_servers_own_clock():
    with OdkServer() as server, odk_of(server) as odk:
        numbered(server, *range(1, 21))
        first = changed(odk)
        known, since = {each.edition for each in first}, max(each.at for each in first)
        server.send("pupil", 99, {"region": "s"}, at="2022-03-20T09:00:00.000Z")
        server.edit("pupil", 3, at="2022-03-21T10:00:00.000Z", answers={"region": "e"})
        server.asked.clear()
        assert numbers(changed(odk, known, since)) == ["99", "3"]
        (asked,) = [q.query for q in server.asked if "Submissions" in q.path]
    said = "2022-03-19T08:00:00.000Z"
    assert asked["$filter"] == (
        f"__system/submissionDate ge {said} or __system/updatedAt ge {said}"
    )


def test_a_clock_that_was_set_back_by_hours_loses_nothing():
    with OdkServer() as server, odk_of(server) as odk:
        numbered(server, 20)
        (first,) = changed(odk)
        server.send("pupil", 21, {"region": "s"}, at="2022-03-20T01:00:00.000Z")
        assert numbers(changed(odk, {first.edition}, first.at)) == ["21"]


def test_what_was_only_reviewed_is_no_edit():
    with OdkServer() as server, odk_of(server) as odk:
        numbered(server, 20)
        (first,) = changed(odk)
        server.submissions["1", "pupil"][0]["__system"]["updatedAt"] = "2022-03-21T00:00:00.000Z"
        assert changed(odk, {first.edition}, first.at) == []


def test_a_submission_that_stands_on_two_pages_comes_once():
    with OdkServer() as server, odk_of(server) as odk:
        numbered(server, 1, 2)
        page = {"value": server.submissions["1", "pupil"], "@odata.nextLink": "/x?$skiptoken=1"}
        server.faults = [None, None, Reply(200, page)]
        assert numbers(changed(odk)) == ["2", "1"]


def test_a_server_that_tells_no_moment_is_asked_for_everything():
    with OdkServer() as server, odk_of(server) as odk:
        server.add_form("pupil", PATHS)
        server.submissions["1", "pupil"] = [{"__id": "uuid:1", "__system": {"submissionDate": "?"}}]
        (fetched,) = changed(odk)
    assert fetched.at is None


def test_a_moment_without_a_zone_is_utc():
    with OdkServer() as server, odk_of(server) as odk:
        server.add_form("pupil", PATHS)
        server.send("pupil", 1, {}, at="2022-03-20T08:00:00")
        (fetched,) = changed(odk)
    assert fetched.at == datetime(2022, 3, 20, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "value", [{}, [7], [{"__id": 1, "__system": {}}], [{"__id": "uuid:1"}], [{"__system": {}}]]
)
def test_a_list_of_something_else_is_not_understood(value):
    with OdkServer() as server, odk_of(server) as odk:
        numbered(server, 1)
        server.faults = [None, None, Reply(200, {"value": value})]
        with pytest.raises(ServerError) as refused:
            changed(odk)
    assert refused.value.rule == "server_not_understood"


@pytest.mark.parametrize("said", [None, {}, ["a"]])
def test_fields_of_another_shape_are_not_understood(said):
    with pytest.raises(ServerError) as refused:
        field_paths(said)
    assert refused.value.rule == "server_not_understood"


def test_a_session_is_opened_with_an_address_and_its_password():
    with OdkServer() as server, Web(server_address(server.url), no_wait()) as web:
        sign_in(web, token="", email=EMAIL, password=PASSWORD)
        numbered(server)
        assert Odk(web, 1, "pupil").form().paths == PATHS
        assert json.loads(server.asked[0].body) == {"email": EMAIL, "password": PASSWORD}


def test_a_wrong_password_is_said_and_not_repeated():
    there = OdkServer()
    with (
        there,
        Web(server_address(there.url), no_wait()) as web,
        pytest.raises(SettingsError) as refused,
    ):
        sign_in(web, token="", email=EMAIL, password="an open secret")
    assert refused.value.rule == "server_token_refused"
    assert "open secret" not in str(refused.value)
