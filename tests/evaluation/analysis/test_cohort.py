from dataclasses import replace
from datetime import date

import pytest

from evaluation.analysis.cohort import NOT_MET, baseline_day, cohort_of
from evaluation.design import Arm, RegionRole, Wave
from evaluation.errors import StudyError
from tests.evaluation.analysis import given

ROWS = """
    respondent region    wave site
    stays      p1        0    -
    late       c1        1    -
    leaves     c1        0    -
    moves      p2        0    -
    other      elsewhere 0    -
    stays      p1        1    -
    moves      c2        1    -
    followup   p1        2    -
    reform     p1        0    -
    reform     new       1    -
    site       c1        0    S1
    site       c2        1    S1
    unlisted   c1        0    S9
"""


def children():
    cohort = cohort_of(given.responses(ROWS), given.study())
    return {
        child: {
            "region": cohort.regions[i],
            "arm": cohort.arms[i],
            "first": int(cohort.first[i]),
            "last": int(cohort.last[i]),
            "moved": bool(cohort.moved[i]),
        }
        for i, child in enumerate(cohort.respondents)
    }


PILOT, COMPARISON, OTHER = Arm.PILOT, Arm.COMPARISON, Arm.OTHER

EXPECTED = {
    "stays": ("p1", PILOT, 0, 5, False),
    "late": ("c1", COMPARISON, NOT_MET, 1, False),
    "leaves": ("c1", COMPARISON, 2, NOT_MET, False),
    "moves": ("p2", PILOT, 3, 6, True),
    "other": ("elsewhere", OTHER, 4, NOT_MET, False),
    "reform": ("p1", PILOT, 8, 9, False),
    "site": ("p1", PILOT, 10, 11, False),
    "unlisted": ("c1", COMPARISON, 12, NOT_MET, False),
}


@pytest.mark.parametrize("child", EXPECTED)
def test_a_child_belongs_where_it_began(child):
    assert tuple(children()[child].values()) == EXPECTED[child]


def test_another_wave_s_children_are_not_of_the_cohort():
    assert set(children()) == set(EXPECTED)


def test_without_a_site_question_the_region_is_the_one_that_was_said():
    form = replace(given.INSTRUMENT, identity=replace(given.INSTRUMENT.identity, site=None))
    cohort = cohort_of(given.responses(ROWS), given.study(instruments={"form": form}))
    assert dict(zip(cohort.respondents, cohort.regions, strict=True))["site"] == "c1"


def test_a_child_with_two_rows_in_a_wave_is_our_mistake():
    twice = given.responses("respondent region wave\n a p1 0\n a p1 0")
    with pytest.raises(AssertionError, match="two rows"):
        cohort_of(twice, given.study())


def test_the_arm_is_the_one_of_the_day_the_first_wave_began():
    swapped = (
        RegionRole("p1", Arm.PILOT, date(2022, 1, 1), date(2022, 5, 31)),
        RegionRole("p1", Arm.COMPARISON, date(2022, 6, 1)),
    )
    rows = given.responses("respondent region wave\n a p1 0\n a p1 1")
    assert list(cohort_of(rows, given.study(roles=swapped)).arms) == [Arm.PILOT]


def test_a_wave_without_dates_goes_by_the_day_of_the_plan():
    undated = given.study(waves=(Wave(0, {"en": "first"}), Wave(1, {"en": "last"})))
    assert baseline_day(undated) == given.PLAN.dated
    assert baseline_day(given.study()) == date(2022, 3, 1)


def test_no_plan_no_cohort():
    with pytest.raises(StudyError, match="no_plan"):
        cohort_of(given.responses(ROWS), given.study(plan=None))
