"""Columns as wide as their words ask for."""

from __future__ import annotations

import pytest

from evaluation.release.report.blocks import Align, Column, Group, Row, Table
from evaluation.release.report.renderers.widths import shares


def table(title: str, *cells: str, align: Align = Align.NUMBER) -> Table:
    columns = (Column("Outcome", Align.TEXT), Column(title, align))
    return Table("t", "", columns, (Group("", tuple(Row("x" * 14, (c,)) for c in cells)),))


# title, cells, how wide the second column is beside a first of 14 letters (each with room for 2)
CASES = [
    ("p", ["0.01"], Align.NUMBER, 9 / 25),  # never less than seven letters
    ("p", ["from −0.02 to +0.31"], Align.NUMBER, 21 / 37),
    ("p", ["1" * 90], Align.NUMBER, 23 / 39),  # broken rather than wide
    ("what it says", ["word " * 20], Align.TEXT, 33 / 49),
    ("a comprehensible title", [], Align.NUMBER, 19 / 30),  # by its longest word, in bold; no rows
    ("to do", ["", ""], Align.TEXT, 31 / 47),  # room to write by hand
    ("no", ["R1"], Align.TEXT, 5 / 21),  # a short name needs little
]


@pytest.mark.parametrize(("title", "cells", "align", "expected"), CASES)
def test_a_column_gets_what_its_longest_words_ask_for(
    title: str, cells: list[str], align: Align, expected: float
) -> None:
    made = shares(table(title, *cells, align=align))
    assert sum(made) == pytest.approx(1)
    assert made[1] == pytest.approx(expected)
