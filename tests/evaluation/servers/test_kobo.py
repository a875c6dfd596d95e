"""KoboToolbox: what is new or edited is fetched, once, however its list is cut into pages."""

from contextlib import contextmanager

import pytest

from evaluation.errors import ServerError, SettingsError
from evaluation.servers.address import server_address
from evaluation.servers.kobo import ASKED_AT_ONCE, Kobo
from evaluation.servers.submissions import ServedForm
from evaluation.servers.web import Web
from tests.evaluation.servers.kobo_server import TOKEN, KoboServer
from tests.evaluation.servers.local import Reply, no_wait

UID = "aInvented"
SURVEY = [
    {"type": "start", "name": "start"},
    {"type": "select_one", "name": "region"},
    {"type": "note", "name": "a_word"},
    {"type": "begin_group", "name": "questions"},
    {"type": "select_one", "$autoname": "wb_1"},
    {"type": "begin_repeat", "name": "again"},
    {"type": "integer", "name": "inner"},
    {"type": "end_repeat"},
    {"type": "select_one", "name": "wb_2"},
    {"type": "end_group"},
    {"type": "integer", "name": "age"},
]
PATHS = ("region", "questions/wb_1", "questions/again/inner", "questions/wb_2", "age")


@contextmanager
def kobo_of(server, uid=UID, token=TOKEN):
    with Web(server_address(server.url), no_wait()) as web:
        web.show(f"Token {token}")
        yield Kobo(web, uid)


def numbered(server, *numbers):
    server.add_form(UID, SURVEY)
    for number in numbers:
        server.send(UID, number, {"region": "n", "questions/wb_1": str(number % 5 + 1)})


def changed(kobo, known=()):
    return list(kobo.changed(kobo.form(), known, None))


def test_the_questions_of_a_form_are_found_in_their_groups():
    with KoboServer() as server, kobo_of(server) as kobo:
        server.add_form(UID, SURVEY, version="3")
        assert kobo.form() == ServedForm(PATHS, "3")
        assert kobo.name == f"kobo {server.url} {UID}"


def test_everything_is_new_at_first_and_nothing_after_that():
    with KoboServer() as server, kobo_of(server) as kobo:
        numbered(server, 3, 1, 2)
        first = changed(kobo)
        assert [each.number for each in first] == ["1", "2", "3"]
        assert changed(kobo, {each.edition for each in first}) == []


def test_only_what_is_not_known_is_fetched_whole():
    with KoboServer() as server, kobo_of(server) as kobo:
        numbered(server, *range(1, 31))
        known = {each.edition for each in changed(kobo)}
        server.send(UID, 31, {"region": "s"})
        server.edit(UID, 7, region="e")
        server.asked.clear()
        assert [each.number for each in changed(kobo, known)] == ["7", "31"]
        listing, fetching = [q.query for q in server.asked if q.path.endswith("/data/")]
    assert listing["fields"] == '["_id","_uuid"]'
    assert fetching["query"] == '{"_id":{"$in":[7,31]}}'


def test_an_edit_is_noticed_though_the_moment_of_sending_stays():
    with KoboServer() as server, kobo_of(server) as kobo:
        numbered(server, 1)
        (before,) = changed(kobo)
        server.edit(UID, 1, region="e")
        (after,) = changed(kobo, {before.edition})
    assert after.answers["_submission_time"] == before.answers["_submission_time"]
    assert after.answers["meta/rootUuid"] == before.answers["meta/rootUuid"]
    assert (before.answers["region"], after.answers["region"]) == ("n", "e")


def test_questions_without_an_answer_are_there_and_media_are_not():
    with KoboServer() as server, kobo_of(server) as kobo:
        server.add_form(UID, SURVEY)
        server.send(UID, 1, {"region": "n"}, _attachments=[{"filename": "a"}])
        (fetched,) = changed(kobo)
    assert {path: fetched.answers[path] for path in PATHS} == dict.fromkeys(PATHS) | {"region": "n"}
    assert not {"_attachments", "_geolocation"} & set(fetched.answers)


@pytest.mark.parametrize("per_page", [1, 7, 100, 1000])
def test_pages_of_any_size_are_read_to_their_end(per_page):
    with KoboServer(per_page=per_page) as server, kobo_of(server) as kobo:
        numbered(server, *range(1, 45))
        assert [int(each.number) for each in changed(kobo)] == list(range(1, 45))


def test_many_are_fetched_in_several_questions_that_every_server_takes():
    with KoboServer() as server, kobo_of(server) as kobo:
        numbered(server, *range(5_000_001, 5_000_002 + 2 * ASKED_AT_ONCE))
        assert len(changed(kobo)) == 2 * ASKED_AT_ONCE + 1
        asked = [q.query["query"] for q in server.asked if "query" in q.query]
    assert len(asked) == 3
    assert max(map(len, asked)) < 2_000


def test_a_submission_that_stands_on_two_pages_comes_once():
    page = {"_id": 1, "_uuid": "a"}, {"_id": 2, "_uuid": "b"}
    shifted = {"count": 2, "next": "/x?start=2", "results": list(page)}
    rest = {"count": 2, "next": None, "results": [page[1]]}
    with KoboServer(None, Reply(200, shifted), Reply(200, rest)) as server:
        numbered(server, 1, 2)
        with kobo_of(server) as kobo:
            assert [each.number for each in changed(kobo)] == ["1", "2"]


def test_a_list_that_lost_one_between_two_pages_is_read_anew():
    lost = Reply(200, {"count": 2, "next": None, "results": [{"_id": 2, "_uuid": "b"}]})
    with KoboServer(None, lost) as server, kobo_of(server) as kobo:
        numbered(server, 1, 2)
        assert [each.number for each in changed(kobo)] == ["1", "2"]
    with KoboServer(None, lost, lost, lost) as server, kobo_of(server) as kobo:
        numbered(server, 1, 2)
        with pytest.raises(ServerError) as refused:
            changed(kobo)
    assert refused.value.rule == "server_changing"


def test_one_that_is_deleted_before_it_is_fetched_is_not_missed():
    with KoboServer() as server, kobo_of(server) as kobo:
        numbered(server, 1, 2)
        coming = kobo.changed(kobo.form(), (), None)
        server.faults = [
            Reply(200, {"results": [{"_id": 1, "_uuid": "a"}, {"_id": 9, "_uuid": "b"}]})
        ]
        assert [each.number for each in coming] == ["1"]


@pytest.mark.parametrize("results", [{}, [7], [{"_id": "one"}], [{"_uuid": "a"}]])
def test_a_list_of_something_else_is_not_understood(results):
    with KoboServer(None, Reply(200, {"results": results})) as server, kobo_of(server) as kobo:
        numbered(server, 1)
        with pytest.raises(ServerError) as refused:
            changed(kobo)
    assert refused.value.rule == "server_not_understood"


def test_a_form_that_is_not_there_and_a_wrong_token_are_told_apart():
    with KoboServer() as server:
        numbered(server)
        with kobo_of(server, "a/../other") as kobo, pytest.raises(SettingsError) as refused:
            kobo.form()
        assert refused.value.rule == "server_form_missing"
        with kobo_of(server, token="another") as kobo, pytest.raises(SettingsError) as refused:
            kobo.form()
        assert refused.value.rule == "server_token_refused"
