"""The house style of every picture, and how matplotlib's SVG becomes part of a page.

Colours are drawn as fixed values and handed over as CSS variables, so that a picture follows the
page into dark mode and onto paper. Text stays text: it is set in the page's own font, which has
the Kazakh letters (as has DejaVu, by which matplotlib measures and which is wider than most).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

INK = "#1d2a35"
MUTED = "#566573"
RULE = "#c9d2da"
PAPER = "#fefefe"
PILOT = "#005f8f"
COMPARISON = "#b3541e"

VARIABLES = {
    INK: "--ink",
    MUTED: "--muted",
    RULE: "--rule",
    PAPER: "--paper",
    PILOT: "--pilot",
    COMPARISON: "--comparison",
}


@contextmanager
def canvas(width: float, height: float) -> Iterator[Figure]:
    """An empty picture of that many inches, in the house style while the block runs."""
    style = matplotlib.rc_context(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": "stories",  # ids are the same in every run
            "font.family": "DejaVu Sans",
            "font.size": 10.0,
            "text.color": INK,
            "axes.edgecolor": RULE,
            "axes.labelcolor": INK,
            "xtick.color": MUTED,
            "axes.unicode_minus": True,
        }
    )
    with style:
        figure = Figure(figsize=(width, height))
        FigureCanvasSVG(figure)
        yield figure


def svg_of(figure: Figure, id: str) -> str:
    """The bare <svg> element; ids carry `id`, since one page holds several pictures.

    Call inside `canvas`. It is hidden from screen readers: the page gives words and a table.
    """
    written = StringIO()
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    figure.savefig(written, format="svg", transparent=True, metadata=nothing)
    svg = written.getvalue()
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    svg = re.sub(r'\bid="', f'id="{id}-', svg)
    svg = re.sub(r'(href="#|url\(#)', rf"\1{id}-", svg)
    svg = re.sub(r"font-family: [^;\"]+;? ?", "", svg)
    svg = re.sub(r"(font: [^;\"]*?px) [^;\"]+", r"\1 inherit", svg)
    for colour, variable in VARIABLES.items():
        svg = svg.replace(colour, f"var({variable}, {colour})")
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1).strip()
