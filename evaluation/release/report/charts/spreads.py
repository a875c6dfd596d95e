"""Distributions side by side: a panel an arm, for every range of scores a bar a wave.

Waves are told apart by an empty and a filled bar, arms by their panel, never by colour alone; the
share stands at the end of each bar.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from matplotlib.axes import Axes

from evaluation.release.report.charts.style import COMPARISON, INK, MUTED, PILOT, canvas, svg_of

WIDTH = 7.4
LINE = 0.46  # inches a range of scores
AROUND = 0.75
NAMES, GAP = 0.17, 0.04  # shares of the width: for the ranges' names, between two panels
THICK = 0.36  # of the distance of two ranges
COLOURS = (PILOT, COMPARISON)


@dataclass(frozen=True, slots=True)
class Panel:
    """`bars`: for every range its shares wave by wave, with the text as printed."""

    title: str
    bars: tuple[tuple[tuple[float, str], ...], ...]


def draw(
    panels: tuple[Panel, ...], ranges: tuple[str, ...], waves: tuple[str, ...], id: str
) -> str:
    height = AROUND + LINE * len(ranges)
    wide = (1 - NAMES) / len(panels) - GAP
    largest = max(share for panel in panels for bars in panel.bars for share, _ in bars)
    with canvas(WIDTH, height) as figure:
        for place, panel in enumerate(panels):
            left = NAMES + place * (wide + GAP)
            axes = figure.add_axes((left, 0.36 / height, wide, 1 - AROUND / height))
            _frame(axes, len(ranges), largest)
            axes.set_title(textwrap.fill(panel.title, 36), fontsize=10, color=INK, weight="bold")
            if place == 0:
                axes.set_yticks(range(len(ranges)), ranges)
            for row, bars in enumerate(panel.bars):
                _bars(axes, row, bars, COLOURS[place % len(COLOURS)])
        _key(figure.add_axes((NAMES, 0, 1 - NAMES, 0.3 / height)), waves)
        return svg_of(figure, id)


def _frame(axes: Axes, ranges: int, largest: float) -> None:
    axes.set_xlim(0, 1.25 * largest)  # room for the text behind the longest bar
    axes.set_ylim(ranges - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.tick_params(axis="y", length=0, labelsize=9)
    axes.patch.set_alpha(0)
    axes.spines[["right", "top", "bottom"]].set_visible(False)


def _bars(axes: Axes, row: int, bars: tuple[tuple[float, str], ...], colour: str) -> None:
    for wave, (share, text) in enumerate(bars):
        place = row + (wave - (len(bars) - 1) / 2) * THICK
        axes.barh(
            place,
            share,
            height=0.85 * THICK,
            facecolor=colour if wave else "none",
            edgecolor=colour,
            linewidth=1.2,
        )
        # Points, not a space before the text: a page leaves spaces at the beginning out.
        axes.annotate(
            text,
            (share, place),
            (3, 0),
            textcoords="offset points",
            va="center",
            ha="left",
            size=8,
            color=MUTED,
        )


def _key(axes: Axes, waves: tuple[str, ...]) -> None:
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    for place, wave in enumerate(waves):
        x = place / len(waves)
        axes.barh(
            0.5,
            0.03,
            left=x,
            height=0.5,
            facecolor=INK if place else "none",
            edgecolor=INK,
            linewidth=1.2,
        )
        axes.text(x + 0.04, 0.5, wave, va="center", ha="left", size=9)
