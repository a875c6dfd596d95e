import numpy as np
import pytest

from evaluation.analysis.inference.dose import describe_dose
from evaluation.errors import EstimationError

DOSE = np.array([0, 3, 5, 9, 10, 10, 2.0])
BEFORE = np.array([3, 3, 2, 4, 3, 1, 5.0])
AFTER = np.array([3, 4, 4, 4, 5, 2, 4.0])


def test_children_are_described_by_how_often_they_came():
    none, few, many = describe_dose(DOSE, BEFORE, AFTER, limits=[0, 1, 5, 10])
    assert (none.n, few.n, many.n) == (1, 2, 4)
    assert (few.dose, few.baseline, few.change) == (2.5, 4.0, 0.0)
    assert (many.low, many.high) == (5, 10)
    assert many.change == pytest.approx(np.mean([2, 0, 2, 1]))


def test_a_group_of_nobody_has_no_means():
    found = describe_dose(DOSE, BEFORE, AFTER, limits=[0, 6, 8, 10])
    assert (found[1].n, found[1].dose, found[1].change) == (0, None, None)
    assert sum(group.n for group in describe_dose(*[np.array([])] * 3, limits=[0, 5])) == 0


@pytest.mark.parametrize(
    ("rule", "dose"),
    [("not_finite", [np.nan]), ("dose_outside", [11.0]), ("dose_outside", [-1.0])],
)
def test_doses_that_cannot_be_placed_are_refused(rule, dose):
    with pytest.raises(EstimationError) as refused:
        describe_dose(np.array(dose), np.array([3.0]), np.array([4.0]), limits=[0, 5, 10])
    assert refused.value.rule == rule
