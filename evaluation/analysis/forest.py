"""A forest plot: a line for every estimator, the estimate as a point, its interval as a bar.

The headline is a filled square and its companions are open circles, so that nothing rests on
colour; the colour itself is from Okabe and Ito's palette, which colour-blind readers can tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from evaluation.analysis.arrays import Floats
from evaluation.analysis.inference.contrast import POINTS
from evaluation.language import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLUE, GREY = "#0072B2", "#566573"
WIDTH, LINE, AROUND = 8.0, 0.42, 1.1  # inches
LEFT = 0.34  # of the width, for the names


def forest_plot(frame: pd.DataFrame, *, level: float, say: Language) -> Figure:
    """`frame`: as `RegionComparison.to_frame`, the headline first. Those without a number, or in
    another unit, are left out of the picture and named under it."""
    from matplotlib.figure import Figure

    drawn = frame[(frame["unit"] == POINTS) & frame["value"].notna()]
    others = [name for name in frame["estimator"] if name not in set(drawn["estimator"])]
    height = AROUND + LINE * len(drawn)
    figure = Figure(figsize=(WIDTH, height))
    axes = figure.add_axes((LEFT, 0.75 / height, 0.94 - LEFT, 1 - AROUND / height))
    axes.axvline(0, color=GREY, linewidth=1)
    for place, ends in enumerate(drawn[["low", "value", "high"]].to_numpy(dtype=np.float64)):
        _interval(axes, place, ends)
    axes.set_ylim(len(drawn) - 0.5, -0.5)
    axes.set_yticks(range(len(drawn)), [_name(name, say) for name in drawn["estimator"]])
    axes.tick_params(axis="y", length=0)
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.xaxis.set_major_formatter(lambda value, _: say.number(float(value), 2, signed=True))
    axes.set_xlabel(say("chart.forest.axis", level=level), size=9, loc="right")
    if others:
        names = ", ".join(_name(name, say) for name in others)
        figure.text(0.02, 0.03, say("chart.forest.others", names=names), size=8, color=GREY)
    return figure


def _interval(axes: Axes, place: int, ends: Floats) -> None:
    """`ends`: low, value, high."""
    low, value, high = ends
    headline = place == 0
    axes.plot((low, high), (place, place), color=BLUE, linewidth=2.4 if headline else 1.4)
    axes.plot(
        value,
        place,
        marker="s" if headline else "o",
        markersize=8,
        color=BLUE,
        markerfacecolor=BLUE if headline else "white",
    )


def _name(estimator: str, say: Language) -> str:
    return say(f"report.method.{estimator}")
