"""Whoever keeps every file of every report of a year works nothing small out of them.

The same attack, on the same studies, succeeds on reports that nobody protected, that only hide
what is small, or that were judged one by one.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from evaluation.records.estimates import Comparison
from tests.evaluation.release.attacks.files import means_in, shown_in, then_in, together
from tests.evaluation.release.attacks.reader import by_subtraction, means_pinned, pinned
from tests.evaluation.release.attacks.year import (
    FORMS,
    OPEN_DATA,
    Left,
    bare,
    comparisons,
    primary_only,
    reports,
    unguarded,
)
from tests.evaluation.release.disclosure.attacker import Shown, true_counts

WITH_TABLES = ("html", "pdf", "docx", "tables")
WITH_COUNTS = (*WITH_TABLES, "cells")
ARMS = {"pilot": "n_pilot", "comparison": "n_comparison"}


def truth(found: Comparison) -> dict[str, int]:
    return true_counts(found.flow, found.quality)


def children(found: Comparison) -> dict[str, int]:
    return {
        f"Joy of reading/{arm}/{time}": getattr(found.estimates[0], behind)
        for arm, behind in ARMS.items()
        for time in ("start", "end")
    }


def seen_in(year: Sequence[Left], forms: Sequence[str] = FORMS) -> list[Shown]:
    """What all these files of each report say together, and later ones say of it again."""
    said = [together(shown_in(form, left.files[form]) for form in forms) for left in year]
    again = [together(then_in(form, left.files[form]) for form in forms) for left in year[1:]]
    return [together(each) for each in zip(said, [*again, {}], strict=True)]


def known(true: Sequence[dict[str, int]], seen: Sequence[Shown]) -> list[Shown]:
    """Without the counts that stand outside of the system."""
    return [
        {name: number for name, number in shown.items() if name in counts}
        for counts, shown in zip(true, seen, strict=True)
    ]


def near_the_truth(left: Left, form: str, true: dict[str, int]) -> list[int]:
    """How far each number that a file shows is from what it counts."""
    shown = shown_in(form, left.files[form])
    return [abs(n - true[name]) for name, n in shown.items() if n is not None and name in true]


def attacked(seed: int, releases: int, forms: Sequence[str] = FORMS, **more: bool) -> list[str]:
    year = comparisons(seed, releases)
    left = reports(year, forms=forms, together=more.pop("together", True))
    true = [truth(found) for found in year]
    seen = known(true, seen_in(left, forms))
    told = pinned(true, seen, **more)
    # And whoever has only one of them: nothing that others told excuses what a report says itself.
    told += [each for one, shown in zip(true, seen, strict=True) for each in pinned([one], [shown])]
    form = forms[0]
    means = [means_in(form, report.files[form]) for report in left]
    return told + means_pinned([children(found) for found in year], means)


@pytest.mark.parametrize("seed", range(2))
def test_no_small_group_comes_out_of_all_files_of_all_reports(seed: int) -> None:
    assert attacked(seed, 3, (*FORMS, *OPEN_DATA)) == []


@pytest.mark.parametrize("seed", [115, 124])
def test_what_two_earlier_reports_share_or_tell_is_not_told_by_a_later_one(seed: int) -> None:
    """In 124 two earlier reports show the same count; in 115 an earlier one told a later secret,
    which was then printed as if there were no harm in it. Both once came out."""
    assert attacked(seed, 4, ("html",)) == []


@pytest.mark.parametrize("form", WITH_TABLES)
def test_nor_by_linear_programming_or_with_a_pencil_out_of_one_format(form: str) -> None:
    year = comparisons(3, 2)
    true = [truth(found) for found in year]
    left = reports(year, forms=(form,))
    seen = known(true, seen_in(left, (form,)))
    assert pinned(true, seen, whole=False) == []
    assert [by_subtraction(*pair) for pair in zip(true, seen, strict=True)] == [[], []]


@pytest.mark.parametrize("form", WITH_COUNTS)
def test_every_format_tells_the_reader_the_same(form: str) -> None:
    (left,) = reports(comparisons(0, 1), forms=("html", form, "page"))
    said = shown_in("html", left.files["html"])
    in_words = {"moved", "unassigned"} if form == "tables" else set()
    assert shown_in(form, left.files[form]) == {k: n for k, n in said.items() if k not in in_words}
    if form != "cells":  # means have a column of their own there
        assert means_in(form, left.files[form]) == means_in("html", left.files["html"])
    page = shown_in("page", left.files["page"])
    assert len(page) == 9 and page.items() <= said.items()


@pytest.mark.parametrize("form", WITH_TABLES)
def test_what_a_report_says_of_the_one_before_is_what_that_one_said(form: str) -> None:
    """Read column by column: a count of then, taken for one of now, once looked like a lie."""
    year = comparisons(102, 3)
    _, first, second = reports(year, forms=(form,))
    said, again = shown_in(form, first.files[form]), then_in(form, second.files[form])
    assert len(again) == 10 and again.items() <= said.items()
    far = near_the_truth(second, form, truth(year[2]))
    assert len(far) > 10 and max(far) <= 2


@pytest.mark.parametrize("form", WITH_COUNTS)
@pytest.mark.parametrize("seed", range(2))
def test_the_same_attack_succeeds_on_reports_that_nobody_protected(seed: int, form: str) -> None:
    year = comparisons(seed, 1)
    true = [truth(found) for found in year]
    seen = known(true, seen_in(unguarded(year, bare, forms=(form,)), (form,)))
    assert by_subtraction(true[0], seen[0])
    assert pinned(true, seen, base=1) and pinned(true, seen, base=1, whole=False)


@pytest.mark.parametrize("form", WITH_COUNTS)
@pytest.mark.parametrize("seed", range(2))
def test_it_succeeds_on_reports_that_only_hide_small_counts(seed: int, form: str) -> None:
    year = comparisons(seed, 3)
    true = [truth(found) for found in year]
    seen = known(true, seen_in(unguarded(year, primary_only, forms=(form,)), (form,)))
    assert pinned(true, seen)


def test_it_succeeds_on_reports_that_were_judged_one_by_one() -> None:
    assert any(attacked(seed, 3, ("html",), together=False) for seed in range(5))


@pytest.mark.parametrize("seed", [0, 5])
def test_it_reads_single_children_off_means_that_were_judged_one_by_one(seed: int) -> None:
    """In 0 one child of 19 left: 0.1 x (19 + 18) / 1 is 3.7 points of 4; in 5 four of 39 did."""
    year = comparisons(seed, 2)
    behind = [children(found) for found in year]
    for judged, told in ((False, True), (True, False)):
        left = reports(year, together=judged, forms=("docx",))
        means = [means_in("docx", report.files["docx"]) for report in left]
        assert bool(means_pinned(behind, means)) is told


def test_counts_that_stand_alone_tell_of_no_few_either() -> None:
    year = [found for seed in range(3) for found in comparisons(seed, 3)]
    seen = [
        shown
        for seed in range(3)
        for shown in seen_in(reports(comparisons(seed, 3), forms=("html",)), ("html",))
    ]
    shown = 0
    for name in ("moved", "unassigned"):
        true = [getattr(found.flow, name) for found in year]
        told = [each[name] for each in seen]
        shown += sum(number is not None for number in told)
        assert all(number is None or (number >= 10 and number % 5 == 0) for number in told)
        for now in range(len(year)):
            for then in range(now - now % 3, now):  # earlier in the same year
                new, old = told[now], told[then]
                if 0 < abs(true[now] - true[then]) < 10 and new is not None and old is not None:
                    assert abs(new - old) <= 5
    assert shown > 3


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 300))
def test_no_small_group_comes_out_of_any_of_200_studies(seed: int) -> None:
    """The page with one other format, in turn, so that all are read and an hour is enough."""
    others = ("pdf", "docx", "page", *OPEN_DATA)
    assert attacked(seed, 4, ("html", others[seed % len(others)])) == []
