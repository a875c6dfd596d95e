"""Every table of a report is attacked by what its own numbers give away, whatever it is about."""

from __future__ import annotations

import pytest

from evaluation.language import Language
from evaluation.release import Facts, build_reports, protect
from tests.evaluation.release import given
from tests.evaluation.release.attacks.any_table import sums_in, told_in, too_exact
from tests.evaluation.release.attacks.files import READERS, Sheet
from tests.evaluation.release.attacks.year import (
    bare,
    comparisons,
    primary_only,
    reports,
    unguarded,
)
from tests.evaluation.release.given_evidence import EVIDENCE
from tests.evaluation.release.given_measures import MEASURES

WITH_TABLES = ("html", "pdf", "docx")

INVENTED: Sheet = [
    ["Those trained", "teachers", "doctors", "others", "all"],
    ["region one", "40", "25", "30", "95"],
    ["region two", "20", "[c]", "15", "35"],
    ["region three", "[c]", "[c]", "35", "100"],
    ["all", "105", "45", "80", "230"],
]
"""A table of a kind that no report has, with a small cell hidden and nothing beside it."""


@pytest.mark.parametrize("form", WITH_TABLES)
def test_no_table_of_a_report_tells_what_it_hides(form: str) -> None:
    for left in reports(comparisons(1, 2), forms=(form,)):
        sheets = READERS[form](left.files[form]).sheets
        assert len(sheets) > 8
        assert told_in(sheets) == []
        assert too_exact(sheets) == []


def whole() -> Facts:
    """With everything that stands beside the estimates."""
    return Facts(given.comparison(), given.study(), evidence=EVIDENCE, measures=MEASURES)


@pytest.mark.parametrize("form", WITH_TABLES)
def test_nor_does_one_with_evidence_measures_and_distributions(form: str) -> None:
    released = protect(whole(), given.RULES)
    (file,) = build_reports(released, given.study(), Language("en"), forms=(form,))
    sheets = READERS[form](file).sheets
    plain = build_reports(given.released(), given.study(), Language("en"), forms=(form,))
    assert len(sheets) > len(READERS[form](plain[0]).sheets) + 5
    assert told_in(sheets) == []
    assert too_exact(sheets) == []


@pytest.mark.parametrize("form", WITH_TABLES)
def test_the_full_report_shows_no_number_that_no_gate_let_out(form: str) -> None:
    (file,) = build_reports(given.released(), given.study(), Language("en"), forms=(form,))
    sheets = READERS[form](file).sheets
    assert too_exact(sheets) == []
    assert told_in(sheets) == []


def test_the_same_attack_succeeds_where_nobody_protected() -> None:
    found = [
        too_exact(READERS["html"](left.files["html"]).sheets)
        for left in unguarded(comparisons(0, 2), bare, forms=("html",))
    ]
    assert all(found)


def test_it_succeeds_where_only_small_counts_are_hidden() -> None:
    found = [
        told_in(READERS["html"](left.files["html"]).sheets)
        for year in (comparisons(seed, 1) for seed in range(20))
        if min(arm.analysed for arm in year[0].flow.arms) < 4
        for left in unguarded(year, primary_only, forms=("html",))
    ]
    assert len(found) > 2 and all(found)


def test_a_table_of_a_kind_that_it_never_saw_is_attacked_too() -> None:
    assert told_in([INVENTED]) == ["region two, doctors: 0 to 6"]
    assert len(sums_in(INVENTED)) == 8
    assert too_exact([[*INVENTED[:-1], ["all", "105", "7", "80", "224"]]]) == [
        "all, doctors",
        "all, all",
    ]


def test_what_one_table_hides_another_may_not_show() -> None:
    again = [INVENTED[0], ["region two", "20", "10", "15", "35"]]
    assert "region two, doctors: shown elsewhere" in told_in([INVENTED, again])


def test_numbers_that_do_not_add_up_are_no_sums() -> None:
    apart = [INVENTED[0], ["region one", "40", "25", "30", "20"], INVENTED[2]]
    assert sums_in(apart) == []
    assert sums_in([["a", "b"], ["x", "20"]]) == []
    assert told_in([[]]) == []
