from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from evaluation.analysis import compare_regions
from evaluation.analysis.estimators import ESTIMATORS
from evaluation.analysis.inference.permutation_floor import permutation_floor
from evaluation.errors import EstimationError
from tests.evaluation.analysis import given
from tests.evaluation.analysis.inference import by_hand

COLUMNS = {"outcome": "after", "baseline": "before", "arm": "arm", "cluster": "region"}


def table(seed=1, **more):
    sample = given.sample(seed)
    return pd.DataFrame(
        {
            "after": sample.endline,
            "before": sample.baseline,
            "arm": sample.pilot,
            "region": pd.Series(sample.regions, dtype="str"),
            "z": sample.covariates[:, 0],
            **more,
        }
    )


def test_any_tidy_table_is_compared_as_by_hand():
    rows = table()
    X = np.column_stack([np.ones(len(rows)), rows.arm, rows.before, rows.z]).astype(float)
    value, error, dof, _ = by_hand.robust(
        X, rows.after, rows.region.to_numpy(), np.eye(4)[1], "CR2"
    )
    found = compare_regions(rows, **COLUMNS, covariates=["z"])
    assert (found.value, found.standard_error) == pytest.approx((value, error))
    assert found.degrees_of_freedom == pytest.approx(dof)
    assert found.low < value < found.high
    assert (found.n_pilot, found.n_comparison) == (27, 25)
    assert (found.regions_pilot, found.regions_comparison) == (3, 3)
    assert found.smallest_p == permutation_floor(3, 3)
    assert found.standardised == pytest.approx(value / rows.before[~rows.arm].std())
    assert (found.left_out, found.level, found.method) == (0, 0.95, "CR2, Satterthwaite")
    assert found.smallest_effect > 2 * error
    assert abs(found.baseline_gap) < 2


def test_the_reference_ancova_of_pilot_a():
    rows = pd.read_csv(given.case_file("pilot_a.csv")).query("endline == 1")
    found = compare_regions(
        rows,
        outcome="e_bel",
        baseline="b_bel",
        arm="pilot",
        cluster="region",
        covariates=["age", "female"],
    )
    assert found.value == pytest.approx(0.351353674946855, rel=1e-6)
    assert found.standard_error == pytest.approx(0.176259418555391, rel=1e-6)
    assert found.degrees_of_freedom == pytest.approx(5.48441839411463, rel=1e-6)
    assert found.p_value == pytest.approx(0.09775926313579, rel=1e-5)


SAME = {
    "numbers for arms": lambda t: t.assign(arm=t.arm.astype(int)),
    "floats for arms": lambda t: t.assign(arm=t.arm.astype(float)),
    "words for arms": lambda t: t.assign(arm=np.where(t.arm, "pilot", "comparison")),
    "categories for regions": lambda t: t.assign(region=t.region.astype("category")),
    "numbers for regions": lambda t: t.assign(region=t.region.str[1:].astype(int)),
    "repeated index": lambda t: t.set_axis([0] * len(t)),
    "other columns": lambda t: t.assign(note="x"),
    "small integers": lambda t: t.assign(before=t.before.astype("Float64")),
}


@pytest.mark.parametrize("kind", SAME)
def test_the_same_table_told_otherwise_gives_the_same_answer(kind):
    assert compare_regions(SAME[kind](table()), **COLUMNS) == compare_regions(table(), **COLUMNS)


@settings(deadline=None, max_examples=15)
@drawn(seed=st.integers(0, 1000), shift=st.floats(-1e4, 1e4), scale=st.floats(0.01, 100))
def test_order_and_unit_do_not_matter(seed, shift, scale):
    rows = table(seed)
    other = rows.assign(after=rows.after * scale + shift, before=rows.before * scale + shift)
    found = compare_regions(other.sample(frac=1, random_state=seed), **COLUMNS)
    plain = compare_regions(rows, **COLUMNS)
    assert found.value == pytest.approx(plain.value * scale, rel=1e-5, abs=1e-9 * scale)
    assert found.standard_error == pytest.approx(plain.standard_error * scale, rel=1e-5)
    assert found.degrees_of_freedom == pytest.approx(plain.degrees_of_freedom, rel=1e-5)


def test_rows_with_gaps_are_left_out_and_counted():
    rows = table()
    gaps = rows.assign(after=rows.after.mask(rows.index < 2), z=rows.z.mask(rows.index == 40))
    assert compare_regions(gaps, **COLUMNS).left_out == 2
    assert compare_regions(gaps, **COLUMNS, covariates=["z"]).left_out == 3


def in_quarters(seed=1):
    """As from a scale: few distinct scores, which the ordinal estimator needs."""
    rows = table(seed)
    return rows.assign(after=(rows.after * 4).round() / 4)


def test_the_companions_stand_beside_it():
    rows = in_quarters()
    found = compare_regions(rows, **COLUMNS)
    assert {c.estimator for c in found.companions} == set(ESTIMATORS) - {"ancova"}
    change = next(c for c in found.companions if c.estimator == "change_score")
    means = (rows.after - rows.before).groupby(rows.arm).mean()
    assert change.value == pytest.approx(means[True] - means[False])
    frame = found.to_frame().set_index("estimator")
    assert list(frame.index) == ["ancova", *(c.estimator for c in found.companions)]
    assert frame.loc["ancova", "value"] == found.value
    assert frame.loc["ancova", "degrees_of_freedom"] == found.degrees_of_freedom
    assert frame.loc["change_score", "degrees_of_freedom"] == change.dof
    assert frame.loc["mixed_model", "method"] == "REML, Kenward-Roger"
    assert set(frame.unit) == {"points", "log odds"}
    assert frame.loc["ordinal", "unit"] == "log odds"
    assert frame.reason.isna().all()


def test_a_companion_that_cannot_answer_says_why_and_takes_nothing_from_the_others():
    rows = table()
    many = pd.concat(
        [rows, rows.assign(after=rows.after + 0.01), rows.assign(after=rows.after - 0.013)]
    )
    found = compare_regions(many, **COLUMNS)
    ordinal = next(c for c in found.companions if c.estimator == "ordinal")
    assert (ordinal.value, ordinal.reason) == (None, "too_many_values")
    row = found.to_frame().set_index("estimator").loc["ordinal"]
    assert row.reason == "too_many_values" and np.isnan(row.value)
    assert found.value != 0


def test_the_summary_names_every_number_and_every_companion():
    found = compare_regions(table(), **COLUMNS)
    lines = found.summary().splitlines()
    named = {line.split()[0]: line.split(maxsplit=1)[1].strip() for line in lines if line}
    for field in fields(found):
        assert field.name in named or field.name == "companions"
    assert float(named["value"]) == pytest.approx(found.value, rel=1e-3)
    assert named["method"] == "CR2, Satterthwaite"
    assert {c.estimator for c in found.companions} <= set(named)
    alike = replace(found, standardised=None)
    assert "standardised        -" in alike.summary()


REFUSED = {
    "column_absent": lambda t: t.drop(columns="z"),
    "column_not_numeric": lambda t: t.assign(z="often"),
    "arm_codes": lambda t: t.assign(arm=t.arm.map({True: 1.5, False: 0.0})),
    "region_in_both_arms": lambda t: t.assign(region="r1"),
    "regions_per_arm": lambda t: t[t.region.isin(["r0", "r3", "r4", "r5"])],
    "no_variation": lambda t: t.assign(after=3.0),
    "not_finite": lambda t: t.assign(before=t.before.where(t.index > 0, np.inf)),
    "collinear": lambda t: t.assign(z=t.arm * 2.0),
    "not_scored": lambda t: t.assign(before=np.nan),
    "no_residual_variation": lambda t: t.assign(after=t.before + t.arm),
    "no_residual": lambda t: t[t.index.isin([0, 9, 27, 34])],
}


@pytest.mark.parametrize("rule", REFUSED)
def test_what_cannot_be_compared_is_refused_with_a_rule(rule):
    with pytest.raises(EstimationError) as refused:
        compare_regions(REFUSED[rule](table()), **COLUMNS, covariates=["z"])
    assert refused.value.rule == rule


@pytest.mark.parametrize("value", [0.0, 7.3])
def test_a_covariate_of_one_value_is_named(value):
    with pytest.raises(EstimationError) as refused:
        compare_regions(table(z=value), **COLUMNS, covariates=["z"])
    assert refused.value.values == {"column": "z"}
