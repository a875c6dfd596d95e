"""Bars that stand on each other: how often each thing happened, by place in an order.

The layers are told apart by their hatching, as the words beside them show, not by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.ticker import MaxNLocator

from evaluation.release.report.charts.style import (
    COMPARISON,
    INK,
    MUTED,
    PAPER,
    PILOT,
    canvas,
    svg_of,
)

WIDTH, HEIGHT = 7.4, 3.0
LOOKS = ((PILOT, ""), (PAPER, "////"), (COMPARISON, "xx"), (MUTED, ".."))
"""Fill and hatching, in the order of the layers; more layers begin again."""


@dataclass(frozen=True, slots=True)
class Stack:
    """One layer: `counts` as many as there are places."""

    name: str
    counts: tuple[float, ...]


def draw(stacks: tuple[Stack, ...], places: tuple[str, ...], *, axis: str, id: str) -> str:
    with canvas(WIDTH, HEIGHT) as figure:
        axes = figure.add_axes((0.07, 0.16, 0.91, 0.7))
        axes.patch.set_alpha(0)
        axes.spines[["right", "top"]].set_visible(False)
        foot = [0.0] * len(places)
        for layer, stack in enumerate(stacks):
            fill, hatch = LOOKS[layer % len(LOOKS)]
            axes.bar(
                range(len(places)),
                stack.counts,
                bottom=foot,
                width=0.7,
                facecolor=fill,
                edgecolor=INK,
                linewidth=0.8,
                hatch=hatch,
                label=stack.name,
            )
            foot = [under + count for under, count in zip(foot, stack.counts, strict=True)]
        axes.set_xticks(range(len(places)), places)
        axes.tick_params(length=0, labelsize=9)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
        axes.set_xlabel(axis, fontsize=9, color=INK, labelpad=5)
        axes.legend(
            loc="lower left",
            bbox_to_anchor=(0.0, 1.0),
            ncols=len(stacks),
            frameon=False,
            fontsize=9,
            borderaxespad=0.2,
        )
        return svg_of(figure, id)
