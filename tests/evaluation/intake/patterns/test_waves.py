import pandas as pd
import pytest

from evaluation.intake.patterns.waves import waves
from tests.evaluation.intake.patterns import given

NAMES = frozenset({"band_earlier", "band_later", "region_earlier", "region_later"})


def pairs(asked, drawn, known=None):
    """(row of the file, earlier band, later band) for every pair."""
    scene = given.scene(asked, drawn, None if known is None else given.elsewhere(known))
    found = waves(scene, NAMES)
    columns = (found.rows, found.columns["band_earlier"], found.columns["band_later"])
    return [
        (int(r), *(None if pd.isna(b) else b for b in bands))
        for r, *bands in zip(*columns, strict=True)
    ]


KNOWN = "respondent wave region band\na 0 71 8\nb 0 71 -\nz 0 71 8"


def test_a_child_is_compared_with_what_the_store_says_of_it(asked):
    assert pairs(asked, "code wave band\na 1 10\nb 1 10\nc 1 8\n- 1 8", KNOWN) == [
        (0, "8", "10"),
        (1, None, "10"),
    ]


def test_what_comes_first_may_come_later(asked):
    assert pairs(asked, "code wave band\na 0 10", "respondent wave region band\na 1 71 8") == [
        (0, "10", "8")
    ]


def test_the_same_wave_is_no_other_wave(asked):
    assert pairs(asked, "code wave band\na 0 10", KNOWN) == []


def test_both_rows_of_a_file_with_two_waves_are_told(asked):
    assert pairs(asked, "code wave band\na 0 13\na 1 8") == [(0, "13", "8"), (1, "13", "8")]


def test_without_another_wave_there_is_nothing_to_compare(asked):
    assert pairs(asked, "code wave band\na 0 13\nb 0 8") == []


def test_only_the_nearest_wave_on_either_side_counts(asked):
    known = "respondent wave region band\na 0 71 8\na 1 71 8\na 3 71 10\na 4 71 13"
    assert pairs(asked, "code wave band\na 2 10", known) == [(0, "8", "10"), (0, "10", "10")]


def test_copies_do_not_multiply(asked):
    drawn = "code wave band\n" + "a 0 8\n" * 50 + "a 1 10\n" * 50
    assert len(pairs(asked, drawn)) == 100


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [("71", "71", True), ("63", "10", True), ("10", "63", True), ("71", "63", False)],
)
def test_a_region_that_was_split_is_no_other_region(asked, before, now, same):
    known = given.elsewhere(f"respondent wave region band\na 0 {before} 8")
    found = waves(given.scene(asked, f"code wave region band\na 1 {now} 8", known), NAMES).columns
    assert (found["region_earlier"] == found["region_later"]).tolist() == [same]


def test_a_file_without_the_field_is_not_compared(asked):
    assert waves(given.scene(asked, "code wave\na 0"), NAMES) is None
