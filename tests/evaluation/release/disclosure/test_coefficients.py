"""What two reports' differences leave open about the few children who changed between them."""

from __future__ import annotations

import numpy as np
import pytest

from evaluation.release.disclosure import EarlierReport
from evaluation.release.disclosure.coefficients import LeftOpen, left_open, width
from tests.evaluation.release import given


def earlier(n_pilot: int, shown: bool = True) -> EarlierReport:
    then = given.comparison(given.estimate(n_pilot=n_pilot))
    return EarlierReport(then, {"outcome/reading/value": "0.31" if shown else "[c]"}, 10)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("few", [1, 4, 9])
def test_a_reader_who_knows_all_but_the_few_comes_as_near_and_no_nearer(
    seed: int, few: int
) -> None:
    rng = np.random.default_rng(seed)
    pilot, other = rng.normal(0.4, 1, 60 + few), rng.normal(0, 1, 70)
    shown = [round(pilot[:n].mean() - other.mean(), 2) for n in (60, 60 + few)]
    ends = [
        ((shown[1] + way) * (60 + few) - (shown[0] - way) * 60) / few + other.mean()
        for way in (-0.005, 0.005)
    ]
    assert ends[0] - 1e-9 <= pilot[60:].mean() <= ends[1] + 1e-9
    assert ends[1] - ends[0] == pytest.approx(width(60, 60 + few))


@pytest.mark.parametrize(
    ("before", "points"),
    [(170, 3.41), (162, 0.01 * 333 / 9), (161, None), (171, None)],
)
def test_only_a_change_by_a_few_is_told(before: int, points: float | None) -> None:
    found = left_open([given.estimate()], [earlier(before)], minimum=10)
    assert [each.points for each in found] == ([pytest.approx(points)] if points else [])


def test_the_report_that_tells_most_counts_and_hidden_ones_tell_nothing() -> None:
    past = [earlier(170), earlier(163), earlier(162, shown=False), earlier(100)]
    assert left_open([given.estimate()], past, minimum=10) == (
        LeftOpen("reading", 8, pytest.approx(0.01 * 334 / 8)),
    )
    assert left_open([given.unclear()], past, minimum=10) == ()
    assert left_open([given.unanswered("reading")], past, minimum=10) == ()
