"""A page that stands alone says what its signs mean, and of no others."""

from __future__ import annotations

import pytest

from evaluation.language import Language, languages
from evaluation.release.report.blocks import Figure, KeyNumber, KeyNumbers, Paragraph
from evaluation.release.report.signs import signs_on
from tests.evaluation.release.report.test_widths import table

CASES = [
    ((), ()),
    ((KeyNumbers((KeyNumber("480", "children", ("pilot: 240",)),)), Paragraph("[x]")), ()),
    ((KeyNumbers((KeyNumber("[x]", "children", ()),)),), ("x",)),
    ((KeyNumbers((KeyNumber("480", "children", ("pilot: [c]", "others: [c]")),)),), ("c",)),
    ((Figure("f", "", "", "", table("p", "0.1", "[x]")), table("p", "[z]")), ("x",)),
]


@pytest.mark.parametrize(("blocks", "marks"), CASES)
@pytest.mark.parametrize("code", languages())
def test_only_the_signs_on_the_page_are_explained(
    blocks: tuple[object, ...], marks: tuple[str, ...], code: str
) -> None:
    say = Language(code)
    expected = "".join(f" [{mark}] {say(f'report.mark.{mark}')}" for mark in marks)
    assert signs_on(blocks, say) == expected  # type: ignore[arg-type]
