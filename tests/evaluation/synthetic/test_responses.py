"""Does the stated truth come out again? Every number is found by naive means over the frame."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from evaluation.design import Arm, Scale, Study
from evaluation.records.responses import responses_schema
from evaluation.synthetic import Truth, responses_of
from evaluation.synthetic.truth import Spread

CHILDREN = 100_000
EVERYWHERE_ALIKE = Spread(
    region=0.0, region_change=0.0, site=0.0, child=0.55, child_change=0.3, item=0.8
)


def score(frame: pd.DataFrame, scale: Scale) -> pd.Series:
    """The mean of what was answered, reversed questions turned, by the book and slowly."""
    turned = [
        (scale.low + scale.high - frame[item]) if item in scale.reversed else frame[item]
        for item in scale.items
    ]
    answered = [
        answer.where(frame[item] <= scale.high).astype("float64")
        for answer, item in zip(turned, scale.items, strict=True)
    ]
    return pd.concat(answered, axis=1).mean(axis=1)


def pilot(frame: pd.DataFrame, study: Study) -> pd.Series:
    arms = {role.region: role.arm for role in study.roles}
    return frame["region"].map(arms) == Arm.PILOT


@pytest.fixture(scope="module")
def drawn(published: Study, truth: Truth) -> pd.DataFrame:
    alike = replace(truth, spread=EVERYWHERE_ALIKE)
    return responses_of(published, alike, CHILDREN, 11)


def test_it_is_a_frame_of_responses(drawn: pd.DataFrame, published: Study) -> None:
    assert published.plan is not None
    responses_schema(published.instruments[published.plan.instrument]).check(drawn)
    assert drawn.groupby(["respondent", "wave"]).size().max() == 1
    assert 0.9 < len(drawn) / (2 * CHILDREN) < 0.97


def test_the_stated_effects_are_the_differences_between_the_arms(
    drawn: pd.DataFrame, published: Study, truth: Truth
) -> None:
    """Five standard errors of a difference of two means of 45,000 scores are 0.025."""
    endline = drawn[drawn.wave == 1]
    arm = pilot(endline, published)
    for scale in published.scales.values():
        found = score(endline, scale)
        difference = found[arm].mean() - found[~arm].mean()
        assert difference == pytest.approx(truth.effect_on(scale.id), abs=0.025), scale.id


def test_child_by_child_the_effect_is_the_stated_one_to_a_hundredth(
    drawn: pd.DataFrame, published: Study, truth: Truth
) -> None:
    """The same children by the same chance, once with and once without: no sampling error."""
    without = replace(truth, effects={}, spread=EVERYWHERE_ALIKE)
    untreated = responses_of(published, without, CHILDREN, 11)
    assert drawn["respondent"].equals(untreated["respondent"])
    told = pilot(drawn, published) & (drawn.wave == 1)
    for scale in published.scales.values():
        moved = score(drawn, scale) - score(untreated, scale)
        assert moved[told].mean() == pytest.approx(truth.effect_on(scale.id), abs=0.01), scale.id
        assert (moved[~told].dropna() == 0).all()


def test_with_regions_that_differ_the_effect_is_still_the_stated_one(
    published: Study, truth: Truth
) -> None:
    with_effect = responses_of(published, truth, CHILDREN // 5, 2)
    without = responses_of(published, replace(truth, effects={}), CHILDREN // 5, 2)
    told = pilot(with_effect, published) & (with_effect.wave == 1)
    for scale in published.scales.values():
        moved = (score(with_effect, scale) - score(without, scale))[told].mean()
        assert moved == pytest.approx(truth.effect_on(scale.id), abs=0.01), scale.id


def test_scores_keep_away_from_the_ends_and_waves_go_together(
    drawn: pd.DataFrame, published: Study
) -> None:
    for scale in published.scales.values():
        scores = drawn[["respondent", "wave"]].assign(score=score(drawn, scale))
        wide = scores.pivot(index="respondent", columns="wave", values="score")
        assert 2.9 < wide[0].mean() < 3.5
        assert (wide[0] == scale.high).mean() < 0.03
        assert 0.4 < wide[0].corr(wide[1]) < 0.65, scale.id


def test_questions_are_left_unanswered_as_often_as_stated(
    drawn: pd.DataFrame, published: Study, truth: Truth
) -> None:
    items = [item for scale in published.scales.values() for item in scale.items]
    answers = drawn[items].stack()
    cells = len(drawn) * len(items)
    assert (answers == 8).sum() / cells == pytest.approx(truth.nonresponse["8"], abs=0.001)
    assert (answers == 9).sum() / cells == pytest.approx(truth.nonresponse["9"], abs=0.001)
    assert 1 - answers.count() / cells == pytest.approx(truth.nonresponse[""], abs=0.001)


def test_regions_differ_by_about_the_stated_share(published: Study, truth: Truth) -> None:
    """ICC of the scores, averaged over eight scales and four studies: ten regions say little."""
    shares = []
    for seed in range(4):
        frame = responses_of(published, truth, 5_000, seed)
        baseline = frame[frame.wave == 0]
        for scale in published.scales.values():
            scores = score(baseline, scale)
            between = scores.groupby(baseline["region"]).mean().var()
            shares.append(between / scores.var())
    assert 0.03 < sum(shares) / len(shares) < 0.08


def test_a_few_children_leave_some_regions_empty(published: Study, truth: Truth) -> None:
    frame = responses_of(published, truth, 3, 1)
    assert frame["respondent"].nunique() <= 3


def test_a_study_without_check_digits_works_too(study: Study, truth: Truth) -> None:
    frame = responses_of(study, truth, 40, 1)
    assert frame["respondent"].str.fullmatch(r"[a-z]\d{5}").all()
    assert frame["age"].isna().all()
