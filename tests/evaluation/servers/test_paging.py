"""Lists in pages: followed to their end, and never in a circle or to another server."""

import pytest

from evaluation.errors import ServerError
from evaluation.servers.address import server_address
from evaluation.servers.paging import pages
from evaluation.servers.web import Web
from tests.evaluation.servers.local import LocalServer, Reply, no_wait

PAGES = {
    "0": {"next": "https://elsewhere.invalid/other/path?start=2&limit=2", "results": [1, 2]},
    "2": {"next": "/data?start=4&limit=2", "results": [3, 4]},
    "4": {"next": None, "results": [5]},
}


def listed(server):
    with Web(server_address(server.url), no_wait()) as web:
        return [page["results"] for page in pages(web, "/data", "next", start="0", limit="2")]


def test_every_page_is_read_from_the_server_that_was_named():
    with LocalServer(lambda question: Reply(200, PAGES[question.query["start"]])) as server:
        assert listed(server) == [[1, 2], [3, 4], [5]]
        assert {question.path for question in server.asked} == {"/data"}


@pytest.mark.parametrize("following", ["/data?start=0", 7, ["x"]])
def test_a_list_that_goes_in_a_circle_or_nowhere_is_left(following):
    page = {"next": following, "results": [1]}
    with LocalServer(lambda _: Reply(200, page)) as server:
        with pytest.raises(ServerError) as refused:
            listed(server)
        assert len(server.asked) <= 2
    assert refused.value.rule == "server_not_understood"
