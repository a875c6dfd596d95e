"""Two averages of the same people on one line: an open circle, a filled square, a bar between.

Which is which is told by the shape and by the words above, not by colour alone.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import blended_transform_factory

from evaluation.release.report.charts.style import (
    COMPARISON,
    MUTED,
    PAPER,
    PILOT,
    RULE,
    canvas,
    svg_of,
)

WIDTH = 7.4
LINE = 0.42
AROUND = 0.92
LABEL = 30  # letters before a name is broken
LEFT, RIGHT = 0.38, 0.86
COLUMNS = (0.93, 1.0)  # right ends of the two columns of numbers
SPARE = 0.06  # of the axis, on either side of the outermost point


@dataclass(frozen=True, slots=True)
class Pair:
    """`text`: both averages as printed."""

    name: str
    first: float
    second: float
    text: tuple[str, str]


def draw(
    pairs: tuple[Pair, ...],
    ends: tuple[str, str],
    *,
    tick: Callable[[float], str],
    id: str,
) -> str:
    height = AROUND + LINE * len(pairs)
    with canvas(WIDTH, height) as figure:
        top, bottom = 1 - 0.42 / height, 0.4 / height
        axes = figure.add_axes((LEFT, bottom, RIGHT - LEFT, top - bottom))
        _frame(axes, pairs, tick)
        for place, pair in enumerate(pairs):
            _pair(axes, place, pair)
        key = f"○ {ends[0]}    ■ {ends[1]}"
        figure.text(LEFT, top + 0.14 / height, key, ha="left", color=MUTED, size=9)
        return svg_of(figure, id)


def _frame(axes: Axes, pairs: tuple[Pair, ...], tick: Callable[[float], str]) -> None:
    axes.set_ylim(len(pairs) - 0.5, -0.5)
    axes.set_yticks([])
    axes.patch.set_alpha(0)
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.tick_params(axis="x", length=3, labelsize=9)
    points = [point for pair in pairs for point in (pair.first, pair.second)]
    room = SPARE * (max(points) - min(points) or 1.0)
    axes.set_xlim(min(points) - room, max(points) + room)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axes.xaxis.set_major_formatter(lambda value, _: tick(float(value)))


def _pair(axes: Axes, place: int, pair: Pair) -> None:
    axes.axhline(place + 0.5, color=RULE, linewidth=0.6)
    axes.plot((pair.first, pair.second), (place, place), color=MUTED, linewidth=1.4)
    for x, marker, colour, fill in (
        (pair.first, "o", COMPARISON, PAPER),
        (pair.second, "s", PILOT, PILOT),
    ):
        axes.plot(
            x,
            place,
            marker=marker,
            markersize=8,
            markeredgewidth=1.8,
            color=colour,
            markerfacecolor=fill,
            zorder=4,
        )
    whole = blended_transform_factory(axes.figure.transFigure, axes.transData)
    name = textwrap.fill(pair.name, LABEL, break_long_words=False)
    axes.text(0.0, place, name, transform=whole, va="center", linespacing=1.15)
    for x, text in zip(COLUMNS, pair.text, strict=True):
        axes.text(x, place, text, transform=whole, ha="right", va="center", size=9.5)
