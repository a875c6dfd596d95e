"""The report in a real browser: on a telephone, on a desk, offline."""

import pytest

from evaluation.language import Language, languages
from evaluation.release import build_report
from tests.browser.chromium import look
from tests.evaluation.release import given

TELEPHONE, DESK = 320, 1200


@pytest.fixture(scope="module")
def pages():
    released = given.released(given.comparison())
    return {code: build_report(released, given.study(), Language(code)) for code in languages()}


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("width", [TELEPHONE, DESK])
def test_the_page_never_scrolls_sideways(pages, code, width):
    seen = look(pages[code], width=width)
    assert seen.width <= width
    assert seen.language == code
    assert seen.title
    assert len(seen.pictures) >= 2
    # On a telephone a chart keeps its size and scrolls inside its own frame.
    assert all(0 < picture <= max(width, 720) for picture in seen.pictures)
    assert seen.links == 0


def test_showing_it_asks_nobody_for_anything(pages):
    assert look(pages["kk"], width=DESK).asked == []


def test_the_watch_on_requests_works():
    """A page that does ask is seen to ask: the name is reserved and leads nowhere."""
    asking = b'<!doctype html><img src="http://picture.invalid/x.png">'
    assert look(asking, width=DESK).asked == ["http://picture.invalid/x.png"]
