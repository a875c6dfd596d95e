"""The tables as the evaluator sees them: what is shown, what is hidden, and by which rule.

It tells which cells are small, so it is for the evaluator's eyes and never part of a report.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from evaluation.language import Language
from evaluation.release.disclosure.cells import Mark
from evaluation.release.disclosure.tables.rules import Rule

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from evaluation.release.disclosure.tables.result import ReleasedTable, ReleasedTables

# Safe for the colour-blind, and each with a letter of its own: colour is never alone.
FILLS = {
    Rule.SMALL: "#d55e00",
    Rule.NOTHING: "#cc79a7",
    Rule.HOMOGENEOUS: "#e69f00",
    Rule.COMPLEMENT: "#f0e442",
    Rule.FEW_SITES: "#009e73",
    Rule.DOMINANCE: "#56b4e9",
    Rule.DIFFERENCING: "#0072b2",
    Rule.SECONDARY: "#bbbbbb",
}
LETTERS = {rule: letter for rule, letter in zip(FILLS, "ABCDEFGH", strict=True)}


def draw(released: ReleasedTables, say: Language) -> bytes:
    """SVG in UTF-8; the same bytes for the same tables."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    rules = {(e.table, e.row, e.column): e.rule for e in released.explanations}
    used = [rule for rule in Rule if rule in rules.values()]
    heights = [len(part.index) + 2 for part in released.parts]
    widest = max(len(part.columns) for part in released.parts)
    figure = Figure(figsize=(2.5 + 0.9 * widest, 0.35 * (sum(heights) + len(used) + 1)))
    panels = figure.subplots(
        len(heights) + 1, 1, squeeze=False, height_ratios=[*heights, len(used) + 1]
    )[:, 0]
    for panel, part in zip(panels, released.parts, strict=False):
        _grid(panel, part, rules)
    panels[-1].set_axis_off()
    lines = [f"{LETTERS[rule]}  {say(f'disclosure.word.{rule}')}" for rule in used]
    panels[-1].text(0, 1, "\n".join(lines), va="top", fontsize=9)
    target = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "stories", "font.family": "DejaVu Sans"}):
        figure.savefig(target, format="svg", metadata={"Date": None})
    return target.getvalue()


def _grid(axes: Axes, part: ReleasedTable, rules: dict[tuple[str, str, str], Rule]) -> None:
    axes.set_title(part.name, loc="left", fontsize=9)
    axes.set_xlim(0, len(part.columns))
    axes.set_ylim(len(part.index), 0)
    axes.set_xticks([n + 0.5 for n in range(len(part.columns))], [str(c) for c in part.columns])
    axes.set_yticks([n + 0.5 for n in range(len(part.index))], [str(r) for r in part.index])
    axes.tick_params(length=0, labelsize=8, labeltop=True, labelbottom=False)
    for y, (row, cells) in enumerate(zip(part.index, part.cells, strict=True)):
        for x, (column, cell) in enumerate(zip(part.columns, cells, strict=True)):
            rule = rules.get((part.name, str(row), str(column)))
            text = f"[{cell}]" if isinstance(cell, Mark) else f"{cell.value:.0f}"
            if rule:
                axes.axvspan(
                    x,
                    x + 1,
                    ymin=1 - (y + 1) / len(part.index),
                    ymax=1 - y / len(part.index),
                    color=FILLS[rule],
                    alpha=0.6,
                )
                text += f" {LETTERS[rule]}"
            axes.text(x + 0.5, y + 0.5, text, ha="center", va="center", fontsize=8)
