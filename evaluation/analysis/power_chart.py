"""A chart of power: a line for every outcome, a mark for every scenario at its smallest effect.

Marks differ in shape as well as in colour; colours are Okabe and Ito's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from evaluation.analysis.power_scenarios import SCENARIOS, PowerAnswer
from evaluation.language import Language

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MARKS = dict(zip(SCENARIOS, ("s", "^", "v", "o"), strict=True))
COLOURS = dict(zip(SCENARIOS, ("#0072B2", "#D55E00", "#009E73", "#CC79A7"), strict=True))
WIDTH, LINE, AROUND = 8.0, 0.42, 1.7  # inches
LEFT = 0.42  # of the width, for the names


def draw_power(
    answers: Sequence[PowerAnswer], *, names: Mapping[str, str], power: float, say: Language
) -> Figure:
    """`names`: outcome → what to call it, from top to bottom. What has no answer has no mark."""
    from matplotlib.figure import Figure

    height = AROUND + LINE * len(names)
    figure = Figure(figsize=(WIDTH, height))
    axes = figure.add_axes((LEFT, 1.15 / height, 0.94 - LEFT, 1 - (AROUND - 0.3) / height))
    places = {outcome: place for place, outcome in enumerate(names)}
    for scenario in SCENARIOS:
        found = [
            (a.simulated.detectable, places[a.question.outcome])
            for a in answers
            if a.question.scenario == scenario and a.simulated and a.simulated.detectable
        ]
        axes.plot(
            [effect for effect, _ in found],
            [place for _, place in found],
            linestyle="none",
            marker=MARKS[scenario],
            color=COLOURS[scenario],
            markersize=7,
            label=say(f"cli.powered.scenario.{scenario}"),
        )
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), list(names.values()), size=9)
    axes.set_xlim(left=0)
    axes.grid(axis="y", alpha=0.3)
    axes.spines[["right", "top"]].set_visible(False)
    axes.xaxis.set_major_formatter(lambda value, _: say.number(float(value), 2))
    axes.set_xlabel(say("chart.power.axis", power=power), size=9)
    figure.legend(loc="lower center", ncols=2, fontsize=8, frameon=False)
    return figure
