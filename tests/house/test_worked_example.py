"""The worked example runs as it stands, and prints what it says it prints."""

import pytest

from tests.worked_example import Section, sections

SECTIONS = sections()


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.title)
def test_every_block_prints_what_the_page_says(section):
    if section.absent:
        pytest.skip(f"{section.absent} is not beside this checkout")
    assert section.printed() == section.expected


def test_the_page_has_blocks_that_print():
    assert sum(bool(said) for section in SECTIONS for said in section.expected) >= 8


def test_a_page_that_says_otherwise_is_found_out_and_mended():
    wrong = Section("x", "```python\nprint(1 + 1)\n```\n\n```text\n3\n```\n")
    assert wrong.printed() != wrong.expected
    mended = Section("x", wrong.rewritten())
    assert mended.printed() == mended.expected == ["2\n"]


def test_a_section_without_its_file_is_left_as_it_is():
    assert Section("x", "<!-- needs docs/nowhere.csv -->").absent == "docs/nowhere.csv"
    assert Section("x", "<!-- needs docs/worked_example.md -->").absent is None
