"""The forest plot shows what the table says: every estimator in points, the headline first."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from evaluation.analysis import compare_regions
from evaluation.analysis.forest import BLUE
from evaluation.language import Language, languages
from tests.evaluation.analysis.test_tidy import COLUMNS, in_quarters, table


def drawn(figure):
    """Each line of the plot: its ends, and how its point is marked."""
    (axes,) = figure.axes
    bars = [line for line in axes.lines if len(line.get_xdata()) == 2 and line.get_color() == BLUE]
    points = [line for line in axes.lines if line.get_marker() in ("s", "o")]
    return axes, [tuple(bar.get_xdata()) for bar in bars], points


@pytest.mark.parametrize("code", languages())
def test_every_estimator_in_points_is_a_line_with_its_own_interval(code):
    found = compare_regions(in_quarters(), **COLUMNS)
    axes, intervals, points = drawn(found.plot(code))
    frame = found.to_frame().query("unit == 'points'")
    assert intervals == list(zip(frame.low, frame.high, strict=True))
    assert [float(point.get_xdata()[0]) for point in points] == list(frame.value)
    say = Language(code)
    names = [say(f"report.method.{name}") for name in frame.estimator]
    assert [label.get_text() for label in axes.get_yticklabels()] == names
    assert names[0] == say("report.method.ancova")


def test_the_headline_is_told_by_its_shape_and_not_by_its_colour():
    _, _, points = drawn(compare_regions(in_quarters(), **COLUMNS).plot())
    assert [point.get_marker() for point in points] == ["s", *"o" * (len(points) - 1)]
    assert {point.get_color() for point in points} == {BLUE}
    assert points[0].get_markerfacecolor() == BLUE
    assert {point.get_markerfacecolor() for point in points[1:]} == {"white"}


def test_what_is_in_another_unit_is_named_under_the_plot():
    (said,) = compare_regions(in_quarters(), **COLUMNS).plot().texts
    assert said.get_text().endswith(Language("en")("report.method.ordinal"))


def test_where_all_can_be_drawn_nothing_is_said():
    found = compare_regions(in_quarters(), **COLUMNS)
    only = tuple(c for c in found.companions if c.estimator != "ordinal")
    assert replace(found, companions=only).plot().texts == []


def test_the_plot_becomes_a_file(tmp_path):
    compare_regions(table(), **COLUMNS).plot().savefig(tmp_path / "forest.png")
    assert (tmp_path / "forest.png").stat().st_size > 5_000


def test_comparing_without_drawing_costs_no_matplotlib():
    code = "import sys, evaluation.analysis.tidy; print('matplotlib' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
