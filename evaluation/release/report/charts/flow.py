"""The participant flow: one column of boxes an arm, arrows from step to step.

Arms are told apart by their headings and by the boxes' edges (whole, dashed), not by colour alone.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from evaluation.release.report.charts.style import COMPARISON, INK, PILOT, canvas, svg_of

WIDTH = 7.4
STEP = 0.84  # inches from one box to the next
HEADING = 0.45
BOX_WIDTH, BOX_HEIGHT = 3.4, 0.56
LETTERS = 34

LOOKS = ((PILOT, "solid"), (COMPARISON, "dashed"))
"""The edges of the arms' boxes, in the order of the arms; more arms begin again."""


@dataclass(frozen=True, slots=True)
class Column:
    """`boxes`: what the step is called, and the count as printed."""

    title: str
    boxes: tuple[tuple[str, str], ...]


def draw(columns: tuple[Column, ...], *, id: str) -> str:
    steps = max((len(column.boxes) for column in columns), default=0)
    height = HEADING + STEP * steps
    with canvas(WIDTH, height) as figure:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(height, 0)
        for place, column in enumerate(columns):
            middle = WIDTH * (2 * place + 1) / (2 * len(columns))
            colour, edge = LOOKS[place % len(LOOKS)]
            axes.text(middle, 0.22, column.title, ha="center", va="center", weight="bold", size=11)
            for step, (name, count) in enumerate(column.boxes):
                top = HEADING + STEP * step
                if step:
                    _arrow(axes, middle, top)
                _box(axes, middle, top, name, count, colour=colour, edge=edge)
        return svg_of(figure, id)


def _box(
    axes: Axes, middle: float, top: float, name: str, count: str, *, colour: str, edge: str
) -> None:
    axes.add_patch(
        FancyBboxPatch(
            (middle - BOX_WIDTH / 2, top),
            BOX_WIDTH,
            BOX_HEIGHT,
            boxstyle="round,pad=0,rounding_size=0.06",
            facecolor="none",
            edgecolor=colour,
            linestyle=edge,
            linewidth=1.4,
        )
    )
    label = textwrap.fill(name, LETTERS, break_long_words=False)
    left, right = middle - BOX_WIDTH / 2 + 0.14, middle + BOX_WIDTH / 2 - 0.14
    centre = top + BOX_HEIGHT / 2
    axes.text(left, centre, label, ha="left", va="center", size=9, linespacing=1.2)
    axes.text(right, centre, count, ha="right", va="center", size=12, weight="bold")


def _arrow(axes: Axes, middle: float, top: float) -> None:
    start = top - (STEP - BOX_HEIGHT) + 0.02
    axes.annotate(
        "",
        xy=(middle, top - 0.02),
        xytext=(middle, start),
        arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 1, "shrinkA": 0, "shrinkB": 0},
    )
