"""A forest plot: one line per outcome, the difference as a point, its interval as a bar.

Whether the interval holds zero is told by the shape (a filled square, an open circle), not by
colour; the numbers stand beside it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import blended_transform_factory

from evaluation.release.report.charts.style import INK, MUTED, PAPER, PILOT, RULE, canvas, svg_of

WIDTH = 7.4  # inches: the text width of an A4 page with generous margins
LINE = 0.42  # inches per outcome
AROUND = 0.92  # inches for the heading above and the axis below
LABEL = 30  # letters before a name is broken
LEFT, RIGHT = 0.32, 0.71  # where the plot stands in the picture's width; names left, numbers right
VALUE, INTERVAL = 0.795, 1.0  # right ends of the two columns of numbers
LEAST_REACH = 0.5  # points either side of zero, so that a small difference does not look large


@dataclass(frozen=True, slots=True)
class Difference:
    """`text`: the value and the interval as printed; numbers are None where the gate hid them, and
    the value alone where there is a band of answers and none within it."""

    name: str
    group: str
    value: float | None
    low: float | None
    high: float | None
    clear: bool
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    axis: str
    lower: str
    higher: str
    value: str
    interval: str


Line = Difference | str
"""An outcome, or the heading of a group of them."""


def draw(
    differences: tuple[Difference, ...], words: Words, *, tick: Callable[[float], str], id: str
) -> str:
    lines = _lines(differences)
    height = AROUND + LINE * len(lines)
    with canvas(WIDTH, height) as figure:
        top, bottom = 1 - 0.36 / height, 0.56 / height
        axes = figure.add_axes((LEFT, bottom, RIGHT - LEFT, top - bottom))
        _frame(axes, differences, len(lines), words, tick)
        for place, line in enumerate(lines):
            if isinstance(line, str):
                _text(axes, 0.0, place, line, weight="bold")
            else:
                _difference(axes, place, line)
        for x, word in ((VALUE, words.value), (INTERVAL, words.interval)):
            figure.text(x, top + 0.1 / height, word, ha="right", color=MUTED, size=9)
        return svg_of(figure, id)


def _lines(differences: tuple[Difference, ...]) -> tuple[Line, ...]:
    lines: list[Line] = []
    group = ""
    for difference in differences:
        if difference.group != group:
            group = difference.group
            lines.append(group)
        lines.append(difference)
    return tuple(lines)


def _frame(
    axes: Axes,
    differences: tuple[Difference, ...],
    lines: int,
    words: Words,
    tick: Callable[[float], str],
) -> None:
    ends = [abs(end) for d in differences for end in (d.low, d.high) if end is not None]
    reach = max([LEAST_REACH, *(1.08 * end for end in ends)])
    axes.set_xlim(-reach, reach)
    axes.set_ylim(lines - 0.5, -0.5)
    axes.set_yticks([])
    axes.patch.set_alpha(0)
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.axvline(0, color=MUTED, linewidth=1)
    axes.tick_params(axis="x", length=3, labelsize=9)
    # Steps that one decimal can name: a tick at 0.25 would be printed as 0.2.
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(lambda value, _: tick(float(value)))
    axes.set_xlabel(words.axis, fontsize=9, color=INK, labelpad=5)
    rise = 1 + 0.1 / (LINE * lines)
    for x, word, ha in ((-0.04, f"← {words.lower}", "right"), (0.04, f"{words.higher} →", "left")):
        axes.text(
            x * reach,
            rise,
            word,
            transform=axes.get_xaxis_transform(),
            ha=ha,
            va="baseline",
            size=9,
            color=MUTED,
        )


def _difference(axes: Axes, place: int, line: Difference) -> None:
    axes.axhline(place + 0.5, color=RULE, linewidth=0.6)
    _text(axes, 0.0, place, textwrap.fill(line.name, LABEL, break_long_words=False))
    for x, text in zip((VALUE, INTERVAL), line.text, strict=True):
        _text(axes, x, place, text, ha="right", size=9.5)
    if line.low is None or line.high is None:
        return
    axes.plot((line.low, line.high), (place, place), color=PILOT, linewidth=2.2, zorder=3)
    for end in (line.low, line.high):
        axes.plot((end, end), (place - 0.11, place + 0.11), color=PILOT, linewidth=1.6, zorder=3)
    if line.value is None:  # a band of answers
        return
    axes.plot(
        line.value,
        place,
        marker="s" if line.clear else "o",
        markersize=8,
        markeredgewidth=1.8,
        color=PILOT,
        markerfacecolor=PILOT if line.clear else PAPER,
        zorder=4,
    )


def _text(
    axes: Axes,
    x: float,
    place: int,
    text: str,
    *,
    ha: str = "left",
    size: float = 10,
    weight: str = "normal",
) -> None:
    """`x` is a share of the picture's width, `place` a line of the plot."""
    figure = axes.figure
    where = blended_transform_factory(figure.transFigure, axes.transData)
    axes.text(
        x,
        place,
        text,
        transform=where,
        ha=ha,
        va="center",
        size=size,
        weight=weight,
        linespacing=1.15,
    )
