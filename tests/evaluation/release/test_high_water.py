"""A ledger that has forgotten releases is noticed before the next one leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.errors import DisclosureError, StoreError
from evaluation.language import Language, languages
from evaluation.release.high_water import MARK, check_ledger, mark_ledger

EMPTY, ONE, TWO, OTHER = "00", "11", "22", "99"


def test_without_a_mark_every_ledger_is_taken(tmp_path: Path) -> None:
    check_ledger(tmp_path, [EMPTY, ONE])
    assert list(tmp_path.iterdir()) == []


def test_the_ledger_of_the_mark_is_taken_and_so_is_one_that_went_on(tmp_path: Path) -> None:
    mark_ledger(tmp_path, [EMPTY, ONE])
    check_ledger(tmp_path, [EMPTY, ONE])
    check_ledger(tmp_path, [EMPTY, ONE, TWO])
    assert (tmp_path / MARK).exists()


@pytest.mark.parametrize(
    ("heads", "rule"),
    [
        ([EMPTY], "ledger_older"),
        ([EMPTY, ONE], "ledger_older"),
        ([EMPTY, ONE, OTHER], "ledger_other"),
    ],
)
def test_an_older_or_another_ledger_lets_the_release_wait(
    tmp_path: Path, heads: list[str], rule: str
) -> None:
    mark_ledger(tmp_path, [EMPTY, ONE, TWO])
    with pytest.raises(DisclosureError, match=rule) as caught:
        check_ledger(tmp_path, heads)
    for code in languages():
        assert "docs/disclosure.md" in Language(code)(caught.value.message, **caught.value.values)


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"releases": "many", "head": "x"}'])
def test_a_mark_that_cannot_be_read_lets_the_release_wait(tmp_path: Path, broken: str) -> None:
    (tmp_path / MARK).write_text(broken)
    with pytest.raises(DisclosureError, match="ledger_unreadable"):
        check_ledger(tmp_path, [EMPTY])


def test_where_the_mark_cannot_be_written_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="report_not_written"):
        mark_ledger(tmp_path / "file", [EMPTY])
