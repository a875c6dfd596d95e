from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.design import Study
from evaluation.errors import StudyError
from evaluation.synthetic.truth import SHIPPED, Truth, load_truth


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = SHIPPED.read_text("utf-8")
    assert old in text
    path = tmp_path / "truth.yaml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def test_it_names_only_scales_and_columns_that_the_study_has(
    truth: Truth, published: Study
) -> None:
    assert published.plan is not None
    instrument = published.instruments[published.plan.instrument]
    assert set(truth.effects) <= set(published.scales)
    assert {draw.field for draw in truth.columns} <= {f.name for f in instrument.row_fields}


def test_it_draws_only_codes_and_numbers_that_the_questionnaire_allows(
    truth: Truth, published: Study
) -> None:
    assert published.plan is not None
    instrument = published.instruments[published.plan.instrument]
    for draw in truth.columns:
        field = instrument.field(draw.field)
        if field.choices:
            assert set(draw.codes) <= set(field.choices.codes), draw.field
        if field.numeric and draw.whole:
            assert draw.whole[0] >= (field.minimum or 0), draw.field
            assert draw.whole[1] <= (field.maximum or draw.whole[1]), draw.field


def test_shares_of_a_column_add_up_to_one(truth: Truth) -> None:
    for draw in truth.columns:
        assert not draw.codes or sum(draw.codes.values()) == pytest.approx(1), draw.field


def test_a_scale_that_is_not_named_has_no_effect(truth: Truth) -> None:
    assert truth.effect_on("sid") == 0.35
    assert truth.effect_on("fam") == 0.0


def test_children_differ_by_the_sum_of_what_makes_them_differ(truth: Truth) -> None:
    assert truth.spread.child_variance == pytest.approx(0.17**2 + 0.08**2 + 0.55**2 + 0.30**2)


MISTAKES = [
    ("mean: 3.2", "maen: 3.2", "unknown_key", "maen"),
    ("mean: 3.2", "mean: high", "not_a_number", "mean"),
    ("common: 0.30", "common: 1.30", "not_between", "common"),
    ("pilot: 0.06", "pilots: 0.06", "unknown_key", "attrition.pilots"),
    ("day: true}", "lasting: true}", "missing_key", "columns[1]"),
    ("day: true}", "day: true, whole: [1, 2]}", "missing_key", "columns[1]"),
    ("whole: [0, 20]", "whole: [20, 0]", "not_a_range", "columns[9].whole"),
    ("whole: [0, 20]", "whole: [20]", "not_a_range", "columns[9].whole"),
    ("before: interview_date", "before: party", "unknown_reference", "columns[9]"),
    ('given: {group: "1"}', 'given: {mode: "1"}', "unknown_reference", "columns[14]"),
]


@pytest.mark.parametrize(("old", "new", "rule", "key"), MISTAKES)
def test_a_mistake_is_named_with_its_place(
    old: str, new: str, rule: str, key: str, tmp_path: Path
) -> None:
    with pytest.raises(StudyError) as caught:
        load_truth(changed(tmp_path, old, new))
    assert (caught.value.rule, caught.value.values["key"]) == (rule, key)
