"""wording.yaml: a word may weaken what the verdict carries, and never strengthen it."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.design.wording import AS_SHIPPED, CARRIES, Confidence, Level, read_wording
from evaluation.errors import StudyError
from evaluation.records.opinions import Word
from evaluation.settings import CHECKOUT


def wording(root: Path, levels: str) -> tuple[Level, ...]:
    (root / "wording.yaml").write_text(f"levels: {levels}\n", "utf-8")
    return read_wording(root).levels


def test_a_study_that_says_nothing_gets_the_shipped_rules(tmp_path: Path) -> None:
    assert read_wording(tmp_path) is AS_SHIPPED
    assert read_wording(CHECKOUT / "evaluation/study") == AS_SHIPPED


def test_levels_are_read_from_the_strongest_whatever_their_order(tmp_path: Path) -> None:
    read = wording(
        tmp_path, "{weak: {verdicts: [suggestive]}, strong: {verdicts: [supported], asks: [alike]}}"
    )
    assert read == (
        Level(Confidence.STRONG, ("supported",), ("alike",)),
        Level(Confidence.WEAK, ("suggestive",), ()),
    )


@pytest.mark.parametrize(
    ("levels", "rule", "key"),
    [
        # stronger than the verdict carries
        ("{strong: {verdicts: [suggestive]}}", "not_one_of", "levels.strong.verdicts[1]"),
        ("{weak: {verdicts: [no_evidence]}}", "not_one_of", "levels.weak.verdicts[1]"),
        ("{moderate: {verdicts: [not_estimable]}}", "not_one_of", "levels.moderate.verdicts[1]"),
        ("{cannot_tell: {verdicts: [supported]}}", "unknown_key", "levels.cannot_tell"),
        ("{certain: {verdicts: [supported]}}", "unknown_key", "levels.certain"),
        ("{weak: {verdicts: [supported], asks: [luck]}}", "not_one_of", "levels.weak.asks[1]"),
        ("{weak: {asks: [alike]}}", "not_a_list", "levels.weak.verdicts"),
    ],
)
def test_a_file_that_tries_more_is_refused(
    tmp_path: Path, levels: str, rule: str, key: str
) -> None:
    with pytest.raises(StudyError) as refused:
        wording(tmp_path, levels)
    assert (refused.value.rule, refused.value.values["key"]) == (rule, key)


def test_the_verdicts_are_those_of_the_analysis() -> None:
    assert set(CARRIES) < {str(word) for word in Word}
    assert all(Confidence.STRONG not in CARRIES[word] for word in CARRIES if word != "supported")
