from dataclasses import fields

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
from evaluation.language import Language, languages
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
    whole = {name.split(".")[0] for name in named}
    told_below = {"companions", "verdict_reasons", "cautions"}
    assert {field.name for field in fields(found)} - told_below <= whole
    assert float(named["value"]) == pytest.approx(found.value, rel=1e-3)
    assert named["method"] == "CR2, Satterthwaite"
    assert float(named["permutation.floor"]) == found.permutation.floor
    assert named["data_digest"] == found.data_digest
    assert named["versions.numpy"] == np.__version__
    assert {c.estimator for c in found.companions} <= set(named)
    assert "nan" not in found.summary()


def test_three_regions_against_three_say_that_they_can_confirm_nothing():
    found = compare_regions(table(), **COLUMNS)
    assert found.permutation.floor == found.smallest_p == pytest.approx(0.1)
    assert found.permutation.p_value >= 0.1
    assert "permutation_floor" in found.cautions
    assert "could never give a small enough p-value" in found.summary()
    assert Language("ru")("caution.permutation_floor") in found.summary("ru")


def test_a_clear_difference_of_eight_regions_is_supported():
    sample = given.sample(3, sizes=(9, 6, 12, 7, 8, 10, 9, 11))
    rows = pd.DataFrame(
        {
            "after": sample.baseline + 2.0 * sample.pilot + sample.endline,
            "before": sample.baseline,
            "arm": sample.pilot,
            "region": sample.regions,
        }
    )
    rows["before"] -= np.where(rows.arm, gap_of(rows), 0.0)
    found = compare_regions(rows, **COLUMNS)
    assert (found.verdict, found.verdict_reasons) == ("supported", ())
    assert found.wild_bootstrap.p_value == found.wild_bootstrap.floor == 2 / 256


def gap_of(rows):
    means = rows.groupby("arm").before.mean()
    return means[True] - means[False]


def test_two_regions_in_an_arm_are_shown_with_a_verdict_that_forbids_belief():
    found = compare_regions(table()[lambda t: t.region != "r0"], **COLUMNS)
    assert found.verdict == "not_estimable"
    assert "regions_per_arm" in found.verdict_reasons and found.value != 0


def test_weights_by_school_are_asked_for_by_name():
    rows = table(school=np.arange(52) % 2)
    found = compare_regions(rows, **COLUMNS, subcluster="school")
    assert [(b.kind, b.drawn_by) for b in found.bootstraps][-1] == ("WCR11", "site")
    assert found.wild_bootstrap.drawn_by == "region"
    assert found.bootstraps[-1].draws == 2**12


def test_the_digest_is_of_the_data_and_of_nothing_else():
    rows = table()
    digest = compare_regions(rows, **COLUMNS).data_digest
    shuffled = rows.sample(frac=1, random_state=1)
    assert compare_regions(shuffled, **COLUMNS).data_digest == digest
    assert compare_regions(rows, **COLUMNS, alpha=0.1).data_digest == digest
    other = rows.assign(after=rows.after.where(rows.index > 0, 3.0))
    assert compare_regions(other, **COLUMNS).data_digest != digest
    with_covariate = compare_regions(rows, **COLUMNS, covariates=["z"])
    assert with_covariate.data_digest != digest


def test_many_regions_are_drawn_by_lot_from_the_seed():
    sample = given.sample(1, sizes=(3,) * 26)
    rows = pd.DataFrame(
        {
            "after": sample.endline,
            "before": sample.baseline,
            "arm": sample.pilot,
            "region": sample.regions,
        }
    )
    one = compare_regions(rows, **COLUMNS, draws=999, seed=1)
    assert one == compare_regions(rows, **COLUMNS, draws=999, seed=1)
    assert one.wild_bootstrap.draws == 1000 and not one.wild_bootstrap.exact


def one_region_an_arm(t):
    return t[t.region.isin(["r0", "r3"])]


REFUSED = {
    "no such column": ("column_absent", lambda t: t.drop(columns="z")),
    "a column twice": ("column_twice", lambda t: pd.concat([t, t[["z"]]], axis=1)),
    "words for a covariate": ("column_not_numeric", lambda t: t.assign(z="often")),
    "words for scores": ("column_not_numeric", lambda t: t.assign(after="3")),
    "complex numbers": ("column_not_numeric", lambda t: t.assign(z=t.z * 1j)),
    "days for a covariate": (
        "column_not_numeric",
        lambda t: t.assign(z=pd.Timestamp("2022-01-01")),
    ),
    "an arm of its own kind": (
        "arm_codes",
        lambda t: t.assign(arm=t.arm.map({True: 1.5, False: 0.0})),
    ),
    "words for arms": ("arm_codes", lambda t: t.assign(arm="treated")),
    "a region in both arms": ("region_in_both_arms", lambda t: t.assign(region="r1")),
    "one region in an arm": (
        "regions_per_arm",
        lambda t: t[t.region.isin(["r0", "r3", "r4", "r5"])],
    ),
    "one region in each arm": ("regions_per_arm", one_region_an_arm),
    "one arm": ("regions_per_arm", lambda t: t[t.arm]),
    "all scores equal": ("no_variation", lambda t: t.assign(after=3.0)),
    "all scores at baseline equal": ("collinear", lambda t: t.assign(before=3.0)),
    "an infinite value": (
        "not_finite",
        lambda t: t.assign(before=t.before.where(t.index > 0, np.inf)),
    ),
    "an infinite outcome": (
        "not_finite",
        lambda t: t.assign(after=t.after.where(t.index > 0, -np.inf)),
    ),
    "an infinite covariate": ("not_finite", lambda t: t.assign(z=t.z.where(t.index > 0, np.inf))),
    "values past all reckoning": ("not_finite", lambda t: t.assign(after=t.after * 1e300)),
    "a covariate aliased with the arm": ("collinear", lambda t: t.assign(z=t.arm * 2.0)),
    "a covariate of one value": ("collinear", lambda t: t.assign(z=7.0)),
    "a covariate that is the baseline": ("collinear", lambda t: t.assign(z=t.before * 3 + 1)),
    "no pairs: nobody has both scores": (
        "not_scored",
        lambda t: t.assign(
            before=t.before.where(t.index % 2 == 0), after=t.after.where(t.index % 2 == 1)
        ),
    ),
    "nobody has a baseline": ("not_scored", lambda t: t.assign(before=np.nan)),
    "no rows": ("not_scored", lambda t: t.head(0)),
    "no region is known": ("not_scored", lambda t: t.assign(region=None)),
    "an outcome that follows exactly": (
        "no_residual_variation",
        lambda t: t.assign(after=t.before + t.arm),
    ),
    "fewer rows than columns": ("no_residual", lambda t: t[t.index.isin([0, 9, 27, 34])]),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_compared_is_refused_with_a_rule(kind):
    rule, spoil = REFUSED[kind]
    with pytest.raises(EstimationError) as refused:
        compare_regions(spoil(table()), **COLUMNS, covariates=["z"])
    assert refused.value.rule == rule
    for code in languages():
        assert Language(code)(refused.value.message, **refused.value.values).endswith(".")


@pytest.mark.parametrize("wrong", [{"alpha": 0.0}, {"alpha": 1.0}, {"power": 1.5}])
def test_a_share_outside_zero_and_one_is_refused(wrong):
    with pytest.raises(EstimationError, match="no_share"):
        compare_regions(table(), **COLUMNS, **wrong)


def test_one_column_cannot_play_two_parts():
    with pytest.raises(EstimationError, match="column_twice"):
        compare_regions(table(), **COLUMNS | {"baseline": "after"})


ODD = {
    "a region of one child": lambda t: t.drop(index=range(1, 9)),
    "a child a region": lambda t: t.assign(region=[f"r{n}" for n in range(len(t))]),
    "missing values": lambda t: t.assign(after=t.after.mask(t.index % 7 == 0)),
    "unsorted rows": lambda t: t.sample(frac=1, random_state=3),
    "one index for all": lambda t: t.set_axis([0] * len(t)),
    "categories that nobody is in": lambda t: t.assign(
        region=t.region.astype("category").cat.add_categories(["nowhere"])
    ),
    "whole numbers for regions": lambda t: t.assign(region=t.region.str[1:].astype(int)),
    "half the scores alike": lambda t: t.assign(after=t.after.where(t.index % 2 == 0, 3.0)),
    "a huge unit": lambda t: t.assign(after=t.after * 1e9, before=t.before * 1e9),
    "a small unit": lambda t: t.assign(after=t.after * 1e-9, before=t.before * 1e-9),
}


@pytest.mark.parametrize("kind", ODD)
def test_what_is_odd_is_answered_without_a_number_that_is_none(kind):
    found = compare_regions(ODD[kind](table()), **COLUMNS, covariates=["z"])
    numbers = [
        value
        for part in (found, found.permutation, found.leave_one_out, found.leverage)
        for value in (getattr(part, field.name) for field in fields(part))
        if isinstance(value, float)
    ]
    numbers += [c.value for c in found.companions if c.reason is None]
    assert len(numbers) > 15 and np.isfinite(numbers).all()
    assert all(rule for _, rule in found.unavailable)
    told = [c.estimator for c in found.companions if c.reason is not None]
    assert all(Language("en").knows(f"reason.{c.reason}") for c in found.companions if c.reason)
    assert found.wild_bootstrap is not None and len(told) < len(found.companions)


@pytest.mark.parametrize("value", [0.0, 7.3])
def test_a_covariate_of_one_value_is_named(value):
    with pytest.raises(EstimationError) as refused:
        compare_regions(table(z=value), **COLUMNS, covariates=["z"])
    assert refused.value.values == {"column": "z"}
