from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from evaluation.language import Language
from evaluation.release.report.charts import differences, flow
from evaluation.release.report.charts.differences import Difference, Words
from evaluation.release.report.charts.style import VARIABLES

WORDS = Words(axis="axis", lower="lower", higher="higher", value="value", interval="interval")
NAME = "Әңгімелер арқылы ұрпақтар байланысы & < > әғқңөұүһі"


def line(**changes: object) -> Difference:
    made: dict[str, object] = {
        "name": NAME,
        "group": "",
        "value": 0.3,
        "low": 0.1,
        "high": 0.5,
        "clear": True,
        "text": ("+0,30", "+0,10 … +0,50"),
    }
    return Difference(**{**made, **changes})  # type: ignore[arg-type]


def draw(*lines: Difference, id: str = "one") -> str:
    return differences.draw(lines, WORDS, tick=Language("kk").number, id=id)


def texts(svg: str) -> str:
    return " ".join("".join(element.itertext()) for element in ET.fromstring(svg).iter())


def test_it_is_well_formed_and_says_what_it_was_given() -> None:
    svg = draw(line())
    said = " ".join(texts(svg).split())
    assert "ұрпақтар" in said and "әғқңөұүһі" in said and "& < >" in said
    assert "+0,10 … +0,50" in said


def test_the_same_numbers_give_the_same_bytes() -> None:
    assert draw(line()) == draw(line())


def test_ids_of_two_pictures_never_meet() -> None:
    ids = [set(re.findall(r'id="([^"]+)"', draw(line(), id=id))) for id in ("one", "two")]
    assert ids[0] and not ids[0] & ids[1]
    for name in re.findall(r'href="#([^"]+)"', draw(line())):
        assert name in ids[0]


def test_clear_and_unclear_differ_in_shape_not_only_in_colour() -> None:
    def without_colours(svg: str) -> str:
        return re.sub(r"var\(--\w+, #\w+\)|#[0-9a-f]{6}|none", "", svg)

    assert without_colours(draw(line())) != without_colours(draw(line(clear=False)))


def test_a_hidden_difference_has_its_mark_and_no_point() -> None:
    hidden = line(value=None, low=None, high=None, text=("[c]", "[c]"))
    assert "[c]" in texts(draw(hidden))
    colour = "--pilot"  # of points and intervals, and of nothing else
    assert colour in draw(line()) and colour not in draw(hidden)


def test_groups_are_headed_once() -> None:
    svg = draw(line(group="G1"), line(group="G1"), line(group="G2"))
    headings = [e.text for e in ET.fromstring(svg).iter() if (e.text or "").startswith("G")]
    assert headings == ["G1", "G2"]


@pytest.mark.parametrize("reach", [0.2, 0.7, 1.9])
def test_ticks_are_where_their_labels_say(reach: float) -> None:
    seen: list[float] = []

    def tick(value: float) -> str:
        seen.append(value)
        return str(value)

    differences.draw((line(low=-reach, high=reach),), WORDS, tick=tick, id="x")
    assert seen and all(value == pytest.approx(round(value, 1)) for value in seen)


def test_the_flow_has_a_box_for_each_step_and_an_arrow_between() -> None:
    columns = (
        flow.Column("Left", (("first", "100"), ("second", "[c]"))),
        flow.Column("Right", (("first", "90"), ("second", "80"))),
    )
    said = texts(flow.draw(columns, id="flow"))
    for word in ("Left", "Right", "100", "[c]", "90", "80"):
        assert word in said


def test_the_arms_differ_in_the_line_of_their_boxes() -> None:
    svg = flow.draw(tuple(flow.Column(n, (("a", "1"),)) for n in ("L", "R")), id="flow")
    assert svg.count("stroke-dasharray") == 1


def test_without_arms_there_is_still_a_picture() -> None:
    assert flow.draw((), id="flow").startswith("<svg")


@pytest.mark.parametrize(
    "svg", [draw(line()), flow.draw((flow.Column("L", (("a", "1"), ("b", "2"))),), id="flow")]
)
def test_colours_follow_the_page_and_fonts_are_the_pages_own(svg: str) -> None:
    bare = re.sub(r"var\(--\w+, #\w+\)", "", svg)
    assert not [colour for colour in VARIABLES if colour in bare]
    assert "DejaVu" not in svg
    assert "date" not in svg.lower() and "matplotlib.org" not in svg
