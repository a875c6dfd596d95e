"""Charts outside of a page."""

from __future__ import annotations

import re
import struct

from evaluation.release.report.blocks import Figure
from evaluation.release.report.renderers.pictures import DOTS_PER_INCH, dots, fixed
from tests.evaluation.release.report.reading import document, figures


def charts() -> list[Figure]:
    return figures(document())


def test_no_colour_and_no_font_is_left_to_a_page() -> None:
    for figure in charts():
        assert "var(--" in figure.svg and "DejaVu" not in figure.svg
        alone = fixed(figure.svg)
        assert (
            "var(" not in alone
            and "inherit" not in alone
            and alone.startswith('<svg font-family="DejaVu Sans"')
        )
        assert set(re.findall(r"#[0-9a-f]{6}", alone)) == set(
            re.findall(r"#[0-9a-f]{6}", figure.svg)
        )


def test_dots_have_the_size_of_the_picture_in_print() -> None:
    for figure in charts():
        width, height = (
            float(size) for size in re.findall(r'(?:width|height)="([\d.]+)pt"', figure.svg)[:2]
        )
        png = dots(figure.svg)
        assert png[:8] == b"\x89PNG\r\n\x1a\n"
        shown = struct.unpack(">II", png[16:24])
        assert abs(shown[0] - width / 72 * DOTS_PER_INCH) < 2
        assert abs(shown[1] - height / 72 * DOTS_PER_INCH) < 2
        assert dots(figure.svg) == png
