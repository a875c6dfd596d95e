"""A chart outside of a web page: its colours fixed, its font named, and as dots where need be.

Inside a page a chart takes both from the page (charts/style.py). A printed file has no such page,
and a word processor wants dots.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Fonts

FONT = "DejaVu Sans"
"""By which matplotlib measured the chart. It lies beside matplotlib, Kazakh letters included."""

DOTS_PER_INCH = 220

SHEET = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")"""
"""A page as large as the picture."""

_VARIABLE = re.compile(r"var\(--[\w-]+, (#[0-9a-f]+)\)")


@cache
def fonts() -> Fonts:
    """Those that the programme brings: nothing is taken from the machine."""
    import matplotlib
    import typst

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


def fixed(svg: str) -> str:
    """The same picture for a reader of SVG that knows no page around it."""
    return _VARIABLE.sub(r"\1", svg).replace("<svg ", f'<svg font-family="{FONT}" ', 1)


@lru_cache(maxsize=64)  # a draft and the report that it becomes show the same pictures
def dots(svg: str) -> bytes:
    """The same picture as PNG; the same bytes every time."""
    import typst

    return typst.compile(
        SHEET,
        format="png",
        ppi=DOTS_PER_INCH,
        sys_inputs={"svg": fixed(svg)},
        font_paths=fonts(),
    )
