from datetime import UTC, datetime

import numpy as np
import pytest

from evaluation.analysis.cohort import cohort_of
from evaluation.analysis.participation import participant_flow
from evaluation.records.batches import Batch, Tally
from evaluation.records.estimates import ArmFlow
from tests.evaluation.analysis import given

ROWS = """
    respondent region    wave
    a          p1        0
    b          p1        0
    c          p2        0
    d          c1        0
    e          elsewhere 0
    a          p1        1
    c          c1        1
    f          c2        1
    g          elsewhere 1
"""


def batch(region, wave, **counts):
    id_ = f"{region}{wave}"
    received = Batch(id_, "form", 1, region, wave, 1, datetime(2022, 4, 1, tzinfo=UTC))
    return received, Tally(**counts)


def flow(*tallies, batches=None):
    """`batches`: which file each of the nine rows came in; by default each in another one."""
    cohort = cohort_of(given.responses(ROWS), given.study())
    analysed = np.isin(cohort.respondents, ["a", "d"])
    came = np.array(batches.split() if batches else [f"file{n}" for n in range(9)], dtype=object)
    return participant_flow(cohort, analysed, batches=came, tallies=tallies, study=given.study())


def test_every_step_is_counted_by_the_arm_where_the_child_began():
    found = flow()
    assert found.arms == (
        ArmFlow("pilot", 2, None, None, baseline=3, endline=2, both=2, analysed=1),
        ArmFlow("comparison", 2, None, None, baseline=1, endline=1, both=0, analysed=1),
    )
    assert (found.moved, found.unassigned) == (1, 2)


@pytest.mark.parametrize(
    ("tallies", "declared"),
    [
        (
            [batch("p1", 0, eligible=9, approached=8), batch("p2", 0, eligible=5, approached=5)],
            (14, 13),
        ),
        ([batch("p1", 0, eligible=9, approached=8), batch("p1", 1, eligible=99)], (9, 8)),
        ([batch("p1", 0, eligible=9, approached=8), batch("p2", 0, eligible=5)], (14, None)),
        ([batch("p1", 0, eligible=0, approached=0), batch("c1", 0, eligible=4)], (0, 0)),
        ([batch("elsewhere", 0, eligible=9)], (None, None)),
    ],
    ids=["two batches", "last wave", "one silent", "nobody", "no role"],
)
def test_declared_children_are_summed_only_if_every_batch_declares_them(tallies, declared):
    pilot = flow(*tallies).arms[0]
    assert (pilot.eligible, pilot.approached) == declared


def test_a_batch_counts_for_the_arm_of_its_children_whatever_region_it_names():
    found = flow(batch("c1", 0, eligible=9, approached=8), batches="c10 c10 c10 x x x x x x")
    assert [(arm.eligible, arm.approached) for arm in found.arms] == [(9, 8), (None, None)]


def test_one_total_for_children_of_two_arms_is_shared_out_to_neither():
    mixed = batch("c1", 0, eligible=9, approached=8)
    alone = batch("p1", 0, eligible=5, approached=5)
    found = flow(mixed, alone, batches="p10 p10 c10 c10 x x x x x")
    assert [(arm.eligible, arm.approached) for arm in found.arms] == [(None, None), (None, None)]
