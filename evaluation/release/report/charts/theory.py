"""The theory of change: boxes in rows from the means at the top to the aim at the bottom."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from evaluation.release.report.charts.style import INK, PILOT, canvas, svg_of

WIDTH = 7.4  # inches: the text width of an A4 page
BOX_WIDTH, BOX_HEIGHT = 2.9, 0.56
STEP = 0.9  # inches from one row to the next
LETTERS = 32

Place = tuple[float, float]
"""The middle of a box's upper edge, inches from the left and from the top."""


def draw(
    layers: tuple[tuple[str, ...], ...],
    arrows: tuple[tuple[str, str], ...],
    texts: Mapping[str, str],
    *,
    id: str,
) -> str:
    height = STEP * (len(layers) - 1) + BOX_HEIGHT + 0.1
    places = {
        name: (WIDTH * (2 * place + 1) / (2 * len(layer)), 0.05 + STEP * level)
        for level, layer in enumerate(layers)
        for place, name in enumerate(layer)
    }
    with canvas(WIDTH, height) as figure:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(height, 0)
        for source, target in arrows:
            _arrow(axes, places[source], places[target])
        for name, place in places.items():
            _box(axes, place, texts[name], width=_box_width(layers))
        return svg_of(figure, id)


def _box_width(layers: tuple[tuple[str, ...], ...]) -> float:
    """Narrower where many stand in one row."""
    return min(BOX_WIDTH, WIDTH / max(map(len, layers)) - 0.3)


def _box(axes: Axes, place: Place, text: str, *, width: float) -> None:
    middle, top = place
    axes.add_patch(
        FancyBboxPatch(
            (middle - width / 2, top),
            width,
            BOX_HEIGHT,
            boxstyle="round,pad=0,rounding_size=0.06",
            facecolor="none",
            edgecolor=PILOT,
            linewidth=1.4,
        )
    )
    label = textwrap.fill(text, int(LETTERS * width / BOX_WIDTH), break_long_words=False)
    axes.text(
        middle, top + BOX_HEIGHT / 2, label, ha="center", va="center", size=9, linespacing=1.2
    )


def _arrow(axes: Axes, source: Place, target: Place) -> None:
    axes.annotate(
        "",
        xy=(target[0], target[1] - 0.02),
        xytext=(source[0], source[1] + BOX_HEIGHT + 0.02),
        arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 1, "shrinkA": 0, "shrinkB": 0},
    )
