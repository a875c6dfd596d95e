"""What holds for any answers, what cannot be judged, and what a second way of counting says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evaluation.analysis.measurement.agreement import agreement
from evaluation.analysis.measurement.consistency import cronbach_alpha, standardised_alpha
from evaluation.analysis.measurement.item_functioning import item_functioning
from evaluation.analysis.measurement.one_factor import one_factor
from evaluation.analysis.measurement.polychoric import (
    _both_below,
    joined,
    ordinal_alpha,
    polychoric,
)
from evaluation.analysis.measurement.scale_quality import quality_by, scale_quality
from evaluation.errors import EstimationError

NAN = float("nan")
THREE = ("a", "b", "c")


def likert(seed, n=300, k=4, loading=0.7):
    """Answers from 1 to 5 with one factor behind them."""
    rng = np.random.default_rng(seed)
    behind = rng.standard_normal((n, 1)) * loading
    behind = behind + rng.standard_normal((n, k)) * np.sqrt(1 - loading**2)
    return np.digitize(behind, [-1.2, -0.4, 0.4, 1.2]) + 1.0


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10**6), k=st.integers(2, 7), loading=st.floats(0.2, 0.9))
def test_parallel_questions_have_the_alpha_of_spearman_and_brown(seed, k, loading):
    """Questions of one spread and one correlation: alpha is the mean correlation stepped up."""
    R = np.full((k, k), loading**2)
    np.fill_diagonal(R, 1)
    rng = np.random.default_rng(seed)
    drawn = rng.standard_normal((40, k))
    drawn -= drawn.mean(axis=0)
    drawn = drawn @ np.linalg.inv(np.linalg.cholesky(np.cov(drawn, rowvar=False))).T
    exact = drawn @ np.linalg.cholesky(R).T
    found = cronbach_alpha(exact, tuple("abcdefg"[:k]))
    r = loading**2
    assert found.alpha == pytest.approx(k * r / (1 + (k - 1) * r), abs=1e-9)
    assert found.standardised == pytest.approx(found.alpha, abs=1e-9)
    assert found.low < found.alpha < found.high


def test_feldt_s_interval_holds_the_alpha_of_the_population():
    """1,000 samples of 60 children; the normal model is Feldt's own. Chance: .7 points."""
    k, r, rng = 4, 0.5, np.random.default_rng(1)
    truth = k * r / (1 + (k - 1) * r)
    held = 0
    for _ in range(1000):
        shared = rng.standard_normal((60, 1)) * np.sqrt(r)
        found = cronbach_alpha(
            shared + rng.standard_normal((60, k)) * np.sqrt(1 - r), ("a", "b", "c", "d")
        )
        held += found.low <= truth <= found.high
    assert 0.93 <= held / 1000 <= 0.97


def test_rows_with_a_gap_are_left_out_and_every_question_is_held_against_the_rest():
    answers = likert(3, n=50)
    holed = np.vstack([answers, [NAN, 1, 2, 3]])
    assert cronbach_alpha(holed, tuple("abcd")) == cronbach_alpha(answers, tuple("abcd"))
    found = cronbach_alpha(answers, tuple("abcd")).items[1]
    rest = answers[:, [0, 2, 3]].sum(axis=1)
    assert found.rest == pytest.approx(stats.pearsonr(answers[:, 1], rest)[0])


def test_two_questions_have_no_alpha_without_one_of_them():
    found = cronbach_alpha(likert(1, k=2), ("a", "b"))
    assert [part.alpha_without for part in found.items] == [None, None]


def test_a_question_that_follows_from_the_others_has_no_guttman_6():
    answers = likert(2, k=2)
    found = cronbach_alpha(np.column_stack([answers, answers.sum(axis=1)]), THREE)
    assert found.guttman_6 is None


def test_a_question_held_against_a_rest_that_never_varies_goes_with_nothing():
    x = np.arange(6.0)
    found = cronbach_alpha(np.column_stack([x, -x, x]), THREE)
    assert found.items[0].rest == found.items[2].rest == 0.0


REFUSED = {
    "one_item": (likert(1, k=1), ("a",)),
    "item_unanswered": (np.column_stack([likert(1, k=2), np.full(300, NAN)]), THREE),
    "few_answers": (np.array([[1, 2, NAN], [1, 2, 3], [NAN, 3, 3], [3, 2, 1]]), THREE),
    "item_constant": (np.column_stack([likert(1, k=2), np.ones(300)]), THREE),
    "no_variation": (np.column_stack([np.arange(9.0), -np.arange(9.0)]), ("a", "b")),
}


@pytest.mark.parametrize("rule", REFUSED)
def test_answers_that_cannot_be_judged_are_refused_with_a_rule(rule):
    with pytest.raises(EstimationError) as refused:
        cronbach_alpha(*REFUSED[rule])
    assert refused.value.rule == rule


@settings(deadline=None, max_examples=20)
@given(loadings=st.lists(st.floats(0.2, 0.9), min_size=3, max_size=6), ml=st.booleans())
def test_the_factor_that_made_the_correlations_is_found_again(loadings, ml):
    true = np.array(loadings)
    R = np.outer(true, true)
    np.fill_diagonal(R, 1)
    found = one_factor(R, "ml" if ml else "minres")
    assert found.loadings == pytest.approx(true, abs=2e-4)
    assert found.omega == pytest.approx(
        true.sum() ** 2 / (true.sum() ** 2 + np.sum(1 - true**2)), abs=2e-4
    )


def test_a_factor_that_points_down_is_turned_up():
    R = np.array([[1, -0.4, 0.3], [-0.4, 1, -0.35], [0.3, -0.35, 1]])
    assert one_factor(R).loadings.sum() > 0


def test_no_factor_is_found_where_one_question_would_be_the_factor():
    R = np.array([[1, 0.9, 0.9], [0.9, 1, 0.5], [0.9, 0.5, 1]])
    with pytest.raises(EstimationError, match="no_factor"):
        one_factor(R)
    with pytest.raises(EstimationError, match="few_items"):
        one_factor(np.eye(2))


@pytest.mark.parametrize("rho", [-0.8, -0.3, 0.0, 0.4, 0.9])
def test_the_chance_below_two_bounds_is_scipy_s(rho):
    for h, k in [(-1.0, 0.5), (0.0, 0.0), (1.5, -0.7)]:
        theirs = stats.multivariate_normal([0, 0], [[1, rho], [rho, 1]]).cdf([h, k])
        assert _both_below(np.array(h), np.array(k), rho) == pytest.approx(theirs, abs=1e-7)


@pytest.mark.parametrize("rho", [-0.6, 0.2, 0.7])
def test_the_correlation_behind_the_boxes_is_found_from_the_boxes(rho):
    rng = np.random.default_rng(4)
    drawn = rng.multivariate_normal([0, 0], [[1, rho], [rho, 1]], size=20_000)
    boxes = np.digitize(drawn, [-1, 0, 1])
    assert polychoric(boxes[:, 0], boxes[:, 1]) == pytest.approx(rho, abs=0.02)


def test_an_answer_hardly_given_is_joined_with_its_neighbour():
    few = np.repeat([1.0, 2.0, 3.0, 4.0, 5.0], [2, 30, 40, 30, 3])
    assert np.bincount(joined(few)).tolist() == [32, 40, 33]
    assert np.bincount(joined(np.repeat([1.0, 5.0], [2, 2]))).tolist() == [4]


def test_ordinal_alpha_is_larger_than_that_of_the_codes_and_needs_many_children():
    answers = likert(5, n=400)
    found = ordinal_alpha(answers, tuple("abcd"))
    assert found > standardised_alpha(np.corrcoef(answers, rowvar=False))
    with pytest.raises(EstimationError, match="few_answers"):
        ordinal_alpha(answers[:12], tuple("abcd"))
    with pytest.raises(EstimationError, match="no_variation"):
        polychoric(np.repeat([1.0, 2.0], [2, 98]), answers[:100, 0])


def test_agreement_of_one_way_is_the_analysis_of_variance_by_hand():
    rng = np.random.default_rng(8)
    ratings = rng.normal(0, 1, (30, 1)) + rng.normal(0, 0.8, (30, 3)) + [0, 0.3, -0.2]
    found = {one.kind: one for one in agreement(ratings)}
    F, p_value = stats.f_oneway(*ratings)
    assert (found["ICC1"].F, found["ICC1"].p_value) == pytest.approx((F, p_value))
    assert found["ICC1"].value == pytest.approx((F - 1) / (F + 2))
    # Raters of different levels agree less than if their levels are taken off.
    assert found["ICC2"].value < found["ICC3"].value
    assert all(one.low < one.value < one.high for one in found.values())


DISAGREE = {
    "not_finite": np.array([[1.0, NAN], [2, 3], [3, 4]]),
    "one_item": np.ones((5, 1)),
    "few_answers": np.array([[1.0, 2.0], [2.0, 1.0]]),
    "no_variation": np.array([[1.0, 2.0], [2.0, 3.0], [5.0, 6.0]]),
}


@pytest.mark.parametrize("rule", DISAGREE)
def test_ratings_that_cannot_be_compared_are_refused(rule):
    with pytest.raises(EstimationError) as refused:
        agreement(DISAGREE[rule])
    assert refused.value.rule == rule


def shifted(seed, by, n=600):
    """Two languages; in the second, the first question is answered `by` higher."""
    rng = np.random.default_rng(seed)
    second = rng.random(n) < 0.5
    behind = rng.standard_normal((n, 1)) * 0.8 + rng.standard_normal((n, 5)) * 0.6
    behind[:, 0] += by * second
    return np.digitize(behind, [-1, -0.3, 0.3, 1]) + 1.0, second


def test_a_question_that_is_harder_in_one_language_is_flagged_and_the_others_are_not():
    answers, second = shifted(1, 1.0)
    found = item_functioning(answers, tuple("abcde"), second)
    assert [one.flagged for one in found] == [True, False, False, False, False]
    assert found[0].group_effect > 0.5
    assert found[0].either.chi_square == pytest.approx(
        found[0].uniform.chi_square + found[0].by_total.chi_square
    )


def test_without_a_difference_questions_pass_the_test_at_its_level():
    """60 studies of five questions at .01: 3 of 300 expected, more than 12 once in 10,000 runs."""
    studies = (shifted(seed, 0.0, n=250) for seed in range(60))
    low = sum(
        one.either.p_value < 0.01
        for answers, second in studies
        for one in item_functioning(answers, tuple("abcde"), second)
    )
    assert low <= 12


def test_a_total_of_one_s_own_can_be_matched_on():
    answers, second = shifted(2, 0.0)
    total = answers.sum(axis=1)
    first = item_functioning(answers[:, :2], ("a", "b"), second, total=total)
    every = item_functioning(answers, tuple("abcde"), second)
    assert first == every[:2]


def test_a_question_that_cannot_be_fitted_says_why_and_the_others_are_judged():
    answers, second = shifted(3, 0.0, n=80)
    answers[:, 0] = np.where(answers[:, 1:].sum(axis=1) > np.median(answers.sum(axis=1)), 5, 1)
    total = np.where(answers[:, 0] == 5, 30.0, 10.0) + np.arange(80) / 100
    found = item_functioning(answers, tuple("abcde"), second, total=total)
    assert found[0].reason == "separated" and found[0].either is None
    assert any(one.reason is None for one in found)


def test_one_group_alone_cannot_be_compared():
    answers, second = shifted(3, 0.0, n=80)
    with pytest.raises(EstimationError, match="one_group"):
        item_functioning(answers, tuple("abcde"), np.ones(80, dtype=bool))
    answers[second] = NAN
    with pytest.raises(EstimationError, match="one_group"):
        item_functioning(answers, tuple("abcde"), second)


def test_a_scale_is_judged_in_every_language_and_twelve_children_have_less_to_say():
    answers = likert(6, n=212)
    groups = np.array([("kk", 0)] * 200 + [("ru", 0)] * 12 + [None], dtype=object)[:-1]
    many, few = quality_by(answers, tuple("abcd"), groups, ends=(1, 5))
    assert (many.group, many.rows, few.group, few.rows) == (("kk", 0), 200, ("ru", 0), 12)
    assert many.unavailable == ()
    assert dict(few.unavailable)["ordinal_alpha"] == "few_answers"
    assert few.consistency.high - few.consistency.low > many.consistency.high - many.consistency.low
    assert quality_by(answers, tuple("abcd"), groups[:200].astype(object), ends=(1, 5))[0] == many


def test_labels_that_are_words_are_groups_too():
    labels = np.array(["kk"] * 150 + ["ru"] * 150, dtype=object)
    found = quality_by(likert(1), tuple("abcd"), labels, ends=(1, 5))
    assert [one.group for one in found] == [("kk",), ("ru",)]


def test_floor_and_ceiling_count_children_whose_answers_are_all_at_one_end():
    answers = likert(9, n=80)
    answers[:20] = 1
    answers[20:24] = 5
    answers[24] = [5, NAN, NAN, 5]
    answers[25] = NAN
    found = scale_quality(answers, tuple("abcd"), ends=(1, 5))
    by_hand = [a[np.isfinite(a)] for a in answers if np.isfinite(a).any()]
    assert found.rows == 79
    assert found.floor == pytest.approx(np.mean([(a == 1).all() for a in by_hand]))
    assert found.ceiling == pytest.approx(np.mean([(a == 5).all() for a in by_hand]))
    assert found.crowded and found.caution is None


def test_a_weak_scale_is_named_and_one_without_answers_is_unknown():
    assert (
        scale_quality(likert(1, loading=0.25), tuple("abcd"), ends=(1, 5)).caution == "not_a_scale"
    )
    middling = scale_quality(likert(1, n=2000, loading=0.62), tuple("abcd"), ends=(1, 5))
    assert middling.caution == "reliability_low"
    empty = scale_quality(np.full((5, 3), NAN), THREE, ends=(1, 5))
    assert (empty.caution, empty.rows, empty.floor, empty.crowded) == (
        "reliability_unknown",
        0,
        None,
        False,
    )
