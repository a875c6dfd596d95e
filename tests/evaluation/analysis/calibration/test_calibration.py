"""The calibration itself: what is drawn, what is counted, and a small one run in earnest."""

from dataclasses import replace
from math import isnan, sqrt

import numpy as np
import pytest
import statsmodels.formula.api as smf

from evaluation.analysis.calibration import METHODS, Cell, Share, calibrate, cell_of, every_cell
from evaluation.analysis.calibration.counting import BLOCK, EFFECT, Block, count
from evaluation.analysis.calibration.drawing import CHILDREN, draw
from evaluation.analysis.calibration.limits import covers_enough, keeps_its_level
from evaluation.analysis.calibration.methods import drawn, p_values
from evaluation.analysis.inference.intraclass import intraclass
from tests.evaluation.analysis.estimators.test_estimators import as_frame
from tests.evaluation.analysis.inference import by_hand

FOUR = Cell(4, 4, 0.10, 1.0)
NAMES = list(METHODS)


DESIGNS = {"4v6": (4, 6), "2v2": (2, 2), "12v30": (12, 30)}


@pytest.mark.parametrize("design", DESIGNS)
def test_a_design_is_read_as_it_is_written(design):
    cell = cell_of(design, icc=0.05)
    assert cell == Cell(*DESIGNS[design], 0.05, 1.0)
    assert cell.design == design


@pytest.mark.parametrize("wrong", ["4x6", "1v6", "6v1", "v6", "4v6 ", "4v600", ""])
def test_what_is_no_design_is_none(wrong):
    assert cell_of(wrong, icc=0.05) is None


def test_every_cell_is_every_combination_and_leaves_out_what_is_no_design():
    assert len(set(every_cell())) == 6 * 2 * 3
    assert {cell.design for cell in every_cell(["3v3", "wrong"])} == {"3v3"}


def test_what_is_drawn_is_as_stated():
    """400 regions an arm: shares of variance and correlations come close to what was asked."""
    sample = draw(Cell(400, 400, 0.2, 4.0), np.random.default_rng(1))
    sizes = np.bincount(sample.regions.astype(int))
    assert (sizes.min(), sizes.max()) == CHILDREN
    assert sample.regions_in(pilot=True) == sample.regions_in(pilot=False) == 400
    comparison, pilot = ~sample.pilot, sample.pilot
    for scores in (sample.baseline, sample.endline):
        alike = intraclass(scores[comparison], sample.regions[comparison])
        assert alike.correlation == pytest.approx(0.2, abs=0.03)
        assert scores[comparison].var() == pytest.approx(1, abs=0.05)
        assert scores[pilot].var() == pytest.approx(4 * 0.2 + 0.8, abs=0.2)
        assert scores.mean() == pytest.approx(0, abs=0.1)
    assert np.corrcoef(sample.baseline, sample.endline)[0, 1] == pytest.approx(0.6, abs=0.03)
    assert abs(np.corrcoef(sample.covariates[:, 0], sample.endline)[0, 1]) < 0.03


def test_the_p_values_are_those_of_each_method_asked_by_itself():
    sample = draw(FOUR, np.random.default_rng(2))
    found = dict(zip(METHODS, p_values(drawn(sample, np.random.default_rng(0))), strict=True))
    X = np.column_stack([np.ones(len(sample.endline)), sample.pilot, sample.baseline])
    X = np.column_stack([X, sample.covariates]).astype(float)
    value, error, dof, _ = by_hand.robust(X, sample.endline, sample.regions, np.eye(4)[1], "CR2")
    from scipy.stats import t

    assert found["headline"] == pytest.approx(2 * t.sf(abs(value) / error, dof))
    rows = as_frame(sample).assign(region=sample.regions.astype(int))
    model = smf.ols("y1 ~ pilot + y0 + noise", rows)
    clustered = model.fit(cov_type="cluster", cov_kwds={"groups": rows.region})
    assert found["clustered"] == pytest.approx(clustered.pvalues["pilot"])
    assert found["independent"] == pytest.approx(model.fit().pvalues["pilot"])
    # Counts over all vectors of signs, and over all sets of four regions.
    assert (found["wild"] * 2**8) % 1 == 0
    assert (found["permutation"] * 70) % 1 == pytest.approx(0, abs=1e-9)
    assert 0 < found["mixed"] < 1


def test_a_method_that_cannot_answer_is_not_counted():
    """Two regions of one child each: nothing tells region from child."""
    sample = draw(FOUR, np.random.default_rng(3))
    single = replace(sample, regions=np.arange(len(sample.regions)).astype(object))
    found = dict(zip(METHODS, p_values(drawn(single, np.random.default_rng(0))), strict=True))
    assert isnan(found["mixed"])
    assert 0 < found["headline"] < 1


def test_the_same_seed_gives_the_same_counts_whatever_else_is_asked_and_however_shared_out():
    other = Cell(3, 3, 0.02, 1.0)
    alone = list(calibrate([FOUR], draws=3, seed=7))
    after = list(calibrate([other, FOUR], draws=3, seed=7))
    backwards = list(calibrate([FOUR], draws=3, seed=7, mapped=reversed_first))
    assert after[1:] == alone == backwards
    assert list(calibrate([FOUR], draws=3, seed=8)) != alone
    assert after[0] != replace(alone[0], cell=other)


def reversed_first(function, blocks):
    """Works from the last to the first, and hands back in order."""
    return [function(block) for block in list(blocks)[::-1]][::-1]


def test_a_cell_is_the_sum_of_its_blocks():
    taken = []

    def noted(function, blocks):
        for block in blocks:
            taken.append(block)
            yield function(replace(block, draws=2))

    (result,) = calibrate([FOUR], draws=2 * BLOCK + 7, seed=1, mapped=noted)
    assert [block.draws for block in taken] == [BLOCK, BLOCK, 7]
    assert result.draws == 6
    by_hand_counts = [count(Block(FOUR, number, 2, 1)) for number in range(3)]
    assert result.covered.part == sum(counts.covered for counts in by_hand_counts)
    assert [share.part for share in result.rejected] == list(
        sum(counts.rejected for counts in by_hand_counts)
    )
    assert result.mean_dof == pytest.approx(sum(c.dof for c in by_hand_counts) / 6)


def test_two_pilot_regions_are_never_given_a_number():
    (result,) = calibrate([Cell(2, 6, 0.02, 1.0)], draws=4, seed=1)
    assert (result.answered.part, result.answered.whole) == (0, 4)
    assert isnan(result.published.value) and isnan(result.published.standard_error)


LIMITS = {
    (0, 100): (False, False),
    (1, 100): (True, False),
    (7, 100): (True, False),
    (8, 100): (False, False),
    (92, 100): (False, False),
    (93, 100): (False, True),
    (0, 0): (True, True),
}


@pytest.mark.parametrize("share", LIMITS)
def test_the_limits_are_one_to_seven_and_ninety_three(share):
    assert (keeps_its_level(Share(*share)), covers_enough(Share(*share))) == LIMITS[share]


def test_a_small_calibration_in_earnest():
    """200 studies: a rate of 5 % has a standard error of 1.5 points; three of these are allowed."""
    draws = 200
    chance = 3 * sqrt(0.05 * 0.95 / draws)
    (result,) = calibrate([Cell(3, 6, 0.10, 2.0)], draws=draws, seed=11)
    rates = dict(zip(NAMES, (share.value for share in result.rejected), strict=True))
    assert 0.01 - chance < rates["headline"] < 0.07 + chance
    assert result.covered.value > 0.93 - chance
    # The same study moved by the effect: what does not cover it rejects its absence.
    assert result.covered.value == pytest.approx(1 - rates["headline"])
    assert rates["wild"] < 0.09 + chance
    assert rates["permutation"] < 0.08 + chance
    # What is not made for few regions is seen to fail, by far more than chance.
    assert rates["clustered"] > 0.07 + chance
    assert rates["independent"] > 0.20 + chance
    assert result.covered.standard_error < chance
    assert 0.2 < result.found.value < 0.8 and EFFECT == 0.5
    assert result.answered.value > 0.95
    assert result.published.value <= 0.07 + chance
