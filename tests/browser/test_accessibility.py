"""WCAG 2.2 AA by axe-core: on a telephone, on a desk, at 400 % zoom, dark and printed."""

import pytest

from evaluation.language import Language, languages
from evaluation.release import build_report
from tests.browser.axe import broken_rules, opened
from tests.evaluation.release import given

DESK, ZOOMED = 1280, 320
WAYS = {
    "desk": {"width": DESK},
    "telephone or 400 % zoom": {"width": ZOOMED},
    "dark": {"width": DESK, "dark": True},
    "printed": {"width": DESK, "printed": True},
}
BAD = b"""<!doctype html><html><head><title></title></head><body>
<img src="data:,"><p style="color:#999;background:#fff">pale</p><a href="#x"></a></body></html>"""


@pytest.fixture(scope="module")
def started():
    with opened() as browser:
        yield browser


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("code", languages())
def test_axe_finds_nothing(started, code, way):
    released = given.released(given.comparison())
    page = build_report(released, given.study(), Language(code))
    assert broken_rules(started, page, **WAYS[way]) == []


def test_axe_finds_what_is_wrong(started):
    found = {each.rule for each in broken_rules(started, BAD, width=DESK)}
    assert {"image-alt", "color-contrast", "document-title", "html-has-lang"} <= found
