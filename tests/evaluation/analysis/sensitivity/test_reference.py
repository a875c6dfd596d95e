"""Missing data and sensitivity through the public face, held against R and against papers."""

import json

import numpy as np
import pandas as pd
import pytest

from evaluation.analysis import (
    balance,
    classical,
    e_value,
    entropy_balancing,
    fit_with_constant,
    impute,
    lee_bounds,
    omitted_confounder,
    oster,
    pool,
    propensity_weights,
    weighted_difference,
)
from tests.evaluation.analysis import given
from tests.evaluation.analysis.inference.reference import agrees

SIX = 1e-6


def inputs(case):
    return json.loads(given.case_file(f"{case}.json").read_text())["inputs"]


def test_rubin_s_rules():
    said = inputs("rubin_rules_scalar")
    found = pool(np.array(said["Q"]), np.array(said["U"]), dof=said["n"] - said["k"])
    agrees(
        "rubin_rules_scalar",
        {
            "qbar": found.contrast.value,
            "ubar": found.within,
            "b": found.between,
            "t": found.contrast.standard_error**2,
            "se": found.contrast.standard_error,
            "df_barnard_rubin": found.contrast.dof,
            "df_old": found.dof_large,
            "r": found.increase,
            "fmi": found.missing_information,
            "lambda": found.missing_share,
        },
    )


def imputed_nhanes(rows, seed):
    found = []
    for table in impute(rows, rng=np.random.default_rng(seed)):
        fit = fit_with_constant(table[:, :2], table[:, 3], np.arange(len(table)), ("age", "bmi"))
        X = np.column_stack([np.ones(len(table)), table[:, :2]])
        left = table[:, 3] - X @ np.linalg.lstsq(X, table[:, 3])[0]
        spread = np.linalg.inv(X.T @ X) * (left @ left) / (len(table) - 3)
        slopes = [
            (c.value, c.standard_error**2) for c in (classical(fit, "age"), classical(fit, "bmi"))
        ]
        constant = table[:, 3].mean() - table[:, :2].mean(axis=0) @ [value for value, _ in slopes]
        found.append([(constant, spread[0, 0]), *slopes])
    each = np.array(found)
    return [pool(each[:, j, 0], each[:, j, 1], dof=22).contrast for j in range(3)]


def test_imputation_of_a_small_survey():
    rows = pd.read_csv(given.case_file("nhanes.csv"))[["age", "bmi", "hyp", "chl"]]
    runs = [imputed_nhanes(rows, seed) for seed in range(1, 4)]
    answers = {}
    for j in range(3):
        values, errors = (
            [getattr(run[j], name) for run in runs] for name in ("value", "standard_error")
        )
        answers |= {
            f"mean_est[{j}]": np.mean(values),
            f"sd_between_runs[{j}]": np.std(values, ddof=1),
            f"mean_se[{j}]": np.mean(errors),
            f"sd_se[{j}]": np.std(errors, ddof=1),
        }
    agrees("mice_nhanes_norm_stochastic", answers)


def test_lee_s_bounds():
    rows = pd.read_csv(given.case_file("pilot_a.csv"))
    pilot = (rows["pilot"] == 1).to_numpy()
    found = lee_bounds(rows["e_bel"].to_numpy(), (rows["endline"] == 1).to_numpy(), pilot)
    agrees(
        "lee_bounds_pilot_a",
        {
            "n": len(rows),
            "n1": pilot.sum(),
            "n0": (~pilot).sum(),
            "resp1": found.kept_pilot,
            "resp0": found.kept_comparison,
            "trim_share": found.trim_share,
            "trimmed_arm": {"comparison": "control"}[found.trimmed],
            "naive": found.naive,
            "lower": found.lower,
            "upper": found.upper,
        },
    )


def test_weights_for_the_job_training():
    rows = pd.read_csv(given.case_file("lalonde_matchit.csv"))
    rows = rows.assign(black=rows["race"] == "black", hispan=rows["race"] == "hispan")
    columns = ("age", "educ", "black", "hispan", "married", "nodegree", "re74", "re75")
    X = rows[list(columns)].to_numpy(dtype=float)
    treated, y = (rows["treat"] == 1).to_numpy(), rows["re78"].to_numpy(dtype=float)
    even = entropy_balancing(X, columns, treated)
    odds = propensity_weights(X, columns, treated)
    agrees(
        "entropy_balancing_lalonde",
        {
            "naive": y[treated].mean() - y[~treated].mean(),
            "ebal_att": weighted_difference(y, treated, even),
            "ess_control": even.effective,
            "max_w_share": even.largest_share,
            "max_abs_diff_after": even.worst_gap,
            "ipw_att": weighted_difference(y, treated, odds),
            "ess_ipw": odds.effective,
            **{f"w_first3_norm[{j}]": even.of_others[j] for j in range(3)},
            **{f"smd_unadj.{b.column}": b.by_treated for b in balance(X, columns, treated)},
        },
    )
    assert even.refused == "few_effective"


def test_darfur():
    rows = pd.read_csv(given.case_file("darfur.csv"))
    seen = ["female", "age", "farmer_dar", "herder_dar", "pastvoted", "hhsize_darfur"]
    villages = pd.get_dummies(rows["village"], drop_first=True, dtype=float).to_numpy()
    X = np.column_stack([rows[["directlyharmed", *seen]].to_numpy(dtype=float), villages])
    columns = ("directlyharmed", *seen, *(f"v{j}" for j in range(villages.shape[1])))
    found = omitted_confounder(X, rows["peacefactor"].to_numpy(), columns, benchmarks=("female",))
    first = found.benchmarks[0]
    answers = {
        "estimate": found.estimate,
        "se": found.standard_error,
        "t": found.estimate / found.standard_error,
        "dof": found.dof,
        "r2yd_x": found.partial,
        "rv_q": found.robustness,
        "rv_qa": found.robustness_alpha,
        "bounds_1x_r2dz": first.with_arm,
        "bounds_1x_r2yz": first.with_outcome,
    }
    for j, one in enumerate(found.benchmarks):
        answers |= {
            f"adj_est[{j}]": one.estimate,
            f"adj_se[{j}]": one.standard_error,
            f"adj_t[{j}]": one.statistic,
        }
    agrees("sensemakr_darfur", answers)


def test_the_pilot_s_unseen_cause():
    rows = pd.read_csv(given.case_file("pilot_a.csv")).query("endline == 1")
    columns = ("pilot", "b_bel", "age", "female")
    found = omitted_confounder(
        rows[list(columns)].to_numpy(dtype=float),
        rows["e_bel"].to_numpy(),
        columns,
        benchmarks=("b_bel",),
        times=(1.0,),
    )
    one = found.benchmarks[0]
    agrees(
        "sensemakr_pilot_a",
        {
            "estimate": found.estimate,
            "se": found.standard_error,
            "rv_q": found.robustness,
            "rv_qa": found.robustness_alpha,
            "r2yd_x": found.partial,
            "bound_r2dz": one.with_arm,
            "bound_r2yz": one.with_outcome,
            "adj_est": one.estimate,
        },
    )


def test_oster_s_cars():
    rows = pd.read_csv(given.case_file("mtcars.csv"))
    columns = ("wt", "hp", "qsec")
    found = oster(
        rows[list(columns)].to_numpy(dtype=float),
        rows["mpg"].to_numpy(dtype=float),
        columns,
        r2_most=0.9,
    )
    shared = {
        "Uncontrolled Coefficient": found.uncontrolled,
        "Controlled Coefficient": found.controlled,
        "Uncontrolled R-square": found.r2_uncontrolled,
        "Controlled R-square": found.r2_controlled,
        "Max R-square": found.r2_most,
    }
    agrees(
        "oster_mtcars",
        {f"delta.{key}": value for key, value in shared.items()}
        | {f"beta.{key}": value for key, value in shared.items()}
        | {
            "delta.delta*": found.delta,
            "delta.beta hat": found.null,
            "beta.beta*": found.adjusted,
            "beta.(beta*-beta controlled)^2": (found.adjusted - found.controlled) ** 2,
            "beta.Alternative Solution 1": found.alternative,
            "beta.(beta[AS1]-beta controlled)^2": (found.alternative - found.controlled) ** 2,
            "beta.delta": 1,
        },
    )


def test_e_values_of_risk_ratios():
    harmful, protective = e_value(3.9, 1.8, 8.7), e_value(0.80, 0.71, 0.91)
    agrees(
        "evalue_rr",
        {
            "rr_point": harmful.point,
            "rr_lo": harmful.limit,
            "protective_point": protective.point,
            "protective_ci": protective.limit,
        },
    )


def test_the_published_numbers_are_met_without_any_file():
    """VanderWeele & Ding print 7.26 and 3.0."""
    assert e_value(3.9, 1.8, 8.7).point == pytest.approx(7.263, abs=1e-3)
    assert e_value(3.9, 1.8, 8.7).limit == pytest.approx(3.0, abs=SIX)
