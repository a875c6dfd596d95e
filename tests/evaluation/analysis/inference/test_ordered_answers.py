"""Proportional odds against R's ordinal and MASS, statsmodels' own, and differences."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from scipy.special import expit
from statsmodels.miscmodels.ordinal_model import OrderedModel

from evaluation.analysis.estimators.ordinal import estimate
from evaluation.analysis.inference.cluster_robust import Formula
from evaluation.analysis.inference.ordered_fit import MOST_VALUES, by_cluster, fit_ordered
from evaluation.analysis.inference.ordered_likelihood import (
    ExactOrderedModel,
    Link,
    derivatives,
    without_columns,
)
from evaluation.errors import EstimationError
from tests.evaluation.analysis import given
from tests.evaluation.analysis.inference.reference import agrees


def answers(seed, n=120, values=5, p=2):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p)) * [1.0, 30.0][:p] + 5
    latent = (X - 5) @ np.array([0.8, 0.02])[:p] + rng.logistic(size=n)
    return X, np.digitize(latent, np.linspace(-2, 2, values - 1)).astype(float)


def likelihood_by_hand(theta, codes, X, link):
    """The definition: the product of the probabilities of what was answered."""
    share = expit if link == "logit" else lambda at: pd.Series(at).map(_normal).to_numpy()
    p = X.shape[1]
    cuts = np.concatenate([[-np.inf], theta[p:], [np.inf]])
    at = X @ theta[:p]
    return np.log(share(cuts[codes + 1] - at) - share(cuts[codes] - at)).sum()


def _normal(at):
    from statistics import NormalDist

    return float(at > 0) if np.isinf(at) else NormalDist().cdf(at)


@settings(deadline=None, max_examples=20)
@drawn(seed=st.integers(0, 10_000), link=st.sampled_from(list(Link)), values=st.integers(2, 6))
def test_the_derivatives_are_those_of_the_definition(seed, link, values):
    X, y = answers(seed, n=40, values=values)
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    found_values, codes = np.unique(y, return_inverse=True)
    theta = np.append([0.3, -0.2], np.linspace(-1, 1, len(found_values) - 1))
    found = derivatives(theta, codes, X, link)
    assert found.log_likelihood == pytest.approx(likelihood_by_hand(theta, codes, X, link))
    h = 1e-5
    for j, step in enumerate(np.eye(len(theta)) * h):
        slope = likelihood_by_hand(theta + step, codes, X, link)
        slope -= likelihood_by_hand(theta - step, codes, X, link)
        assert found.slope[j] == pytest.approx(slope / (2 * h), abs=1e-5)
        bend = derivatives(theta + step, codes, X, link).slope
        bend = bend - derivatives(theta - step, codes, X, link).slope
        assert -found.information[j] == pytest.approx(bend / (2 * h), abs=1e-4)


def test_the_gradient_is_that_of_the_library_in_the_library_s_own_parameters():
    X, y = answers(5)
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    codes = np.unique(y, return_inverse=True)[1]
    params = np.array([0.3, -0.2, -1.0, 0.1, -0.3, 0.2])
    ours = ExactOrderedModel(codes, X, Link.LOGIT)
    theirs = OrderedModel(codes, X, distr="logit")
    assert ours.score(params) == pytest.approx(theirs.score(params), abs=1e-4)


@settings(deadline=None, max_examples=10)
@drawn(seed=st.integers(0, 10_000), link=st.sampled_from(["logit", "probit"]))
def test_the_fit_is_the_library_s_on_the_columns_as_they_come(seed, link):
    X, y = answers(seed)
    fit = fit_ordered(X, y, ("a", "b"), link=link)
    X = X - X.mean(axis=0)
    model = OrderedModel(np.unique(y, return_inverse=True)[1], X / [1, 30], distr=link)
    theirs = model.fit(method="newton", disp=0)
    assert fit.coefficients == pytest.approx(theirs.params[:2] / [1, 30], rel=1e-3, abs=1e-5)
    errors = [fit.standard_error("a"), fit.standard_error("b")]
    assert errors == pytest.approx(theirs.bse[:2] / [1, 30], rel=1e-3)
    assert fit.log_likelihood >= theirs.llf - 1e-9
    assert fit.deviance == pytest.approx(-2 * theirs.llf, rel=1e-6)
    assert fit.akaike == pytest.approx(-2 * theirs.llf + 2 * len(theirs.params), rel=1e-6)
    own = fit.score_sums(np.arange(len(y)))
    assert own.sum(axis=0) == pytest.approx(0, abs=1e-4)
    halves = fit.score_sums(np.arange(len(y)) % 2)
    assert halves[1] == pytest.approx(own[1::2].sum(axis=0))


def test_a_step_that_leads_down_is_halved():
    """Far outlying rows: left to itself Newton's method overshoots, and never comes back."""
    rng = np.random.default_rng(3939)
    X = rng.standard_t(1.5, size=(rng.integers(20, 80), 2))
    latent = X @ [1.0, -2.0] * rng.choice([0.5, 2, 5]) + rng.logistic(size=len(X))
    y = np.digitize(latent, [-9.0, 0.0, 2.0]).astype(float)
    fit = fit_ordered(X, y, ("a", "b"))
    codes = np.unique(y, return_inverse=True)[1]
    theirs = OrderedModel(codes, X, distr="logit").fit(method="bfgs", disp=0, maxiter=900)
    assert fit.log_likelihood == pytest.approx(theirs.llf, abs=1e-6)
    assert fit.coefficients == pytest.approx(theirs.params[:2], rel=1e-3)
    assert unhalved(codes, (X - X.mean(axis=0)) / X.std(axis=0)) < fit.log_likelihood - 100


def unhalved(codes, Z, steps=6):
    theta = without_columns(codes, Z.shape[1], Link.LOGIT)
    for _ in range(steps):
        found = derivatives(theta, codes, Z, Link.LOGIT)
        theta = theta + np.linalg.solve(found.information, found.slope)
    return derivatives(theta, codes, Z, Link.LOGIT).log_likelihood


def test_many_rows_are_fitted_to_all_of_them():
    X, y = answers(7, n=12_001)
    y[1] = 9.0
    fit = fit_ordered(X, y, ("a", "b"))
    assert fit.score_sums(np.zeros(len(y), dtype=int)) == pytest.approx(0, abs=1e-5)
    assert fit.coefficients[0] == pytest.approx(0.8, abs=0.1)


def test_errors_by_cluster_are_the_library_s():
    X, y = answers(3)
    clusters = np.arange(len(y)) % 7
    fit = fit_ordered(X, y, ("a", "b"))
    X = (X - X.mean(axis=0)) / [1, 30]
    model = OrderedModel(np.unique(y, return_inverse=True)[1], X, distr="logit")
    theirs = model.fit(method="newton", disp=0, cov_type="cluster", cov_kwds={"groups": clusters})
    found = by_cluster(fit, "a", clusters, level=0.9)
    assert found.standard_error == pytest.approx(theirs.bse[0], rel=1e-3)
    assert (found.dof, found.level) == (5, 0.9)
    assert found.method == "Proportional odds, CR1S, t(G-2)"
    names = np.array(["r" + str(g) for g in clusters], dtype=object)
    assert by_cluster(fit, "a", names, level=0.9) == found


def test_a_row_without_a_cluster_is_refused():
    X, y = answers(3)
    clusters = np.where(np.arange(len(y)) == 4, np.nan, np.arange(len(y)) % 7)
    with pytest.raises(EstimationError, match="cluster_missing"):
        by_cluster(fit_ordered(X, y, ("a", "b")), "a", clusters)


def rounded(seed=1, **more):
    sample = given.sample(seed, **more)
    return given.replace(sample, endline=np.round(sample.endline * 4) / 4)


def test_only_the_order_of_the_scores_counts():
    sample = rounded()
    stretched = given.replace(sample, endline=np.exp(sample.endline))
    assert estimate(stretched, level=0.95) == estimate(sample, level=0.95)


def test_the_log_odds_have_the_sign_of_the_effect():
    sample = rounded()
    better = given.replace(sample, endline=sample.endline + 2.0 * sample.pilot)
    assert estimate(better, level=0.95).value > estimate(sample, level=0.95).value
    assert estimate(better, level=0.95).value > 1


REFUSED = {
    "no_variation": lambda X, y: (X, y * 0),
    "too_many_values": lambda X, y: (X, np.arange(len(y), dtype=float)),
    "not_finite": lambda X, y: (np.where(X > 6, np.nan, X), y),
    "collinear": lambda X, y: (X[:, [0, 0]], y),
    "no_residual": lambda X, y: (X[:5], np.arange(5.0)),
    "separated": lambda X, y: (np.column_stack([y > 2, X[:, 1]]).astype(float), y),
}


@pytest.mark.parametrize("rule", REFUSED)
def test_what_cannot_be_fitted_is_refused_with_a_rule(rule):
    X, y = answers(2, n=MOST_VALUES + 20)
    with pytest.raises(EstimationError) as refused:
        fit_ordered(*REFUSED[rule](X, y), ("a", "b"))
    assert refused.value.rule == rule


def test_two_regions_leave_no_degrees_of_freedom():
    X, y = answers(2)
    fit = fit_ordered(X, y, ("a", "b"))
    with pytest.raises(EstimationError, match="regions_per_arm"):
        by_cluster(fit, "a", np.arange(len(y)) % 2)


# --- the answers of R's ordinal and MASS ----------------------------------------------------


def named(fit, prefix=""):
    found = {f"{prefix}coef.{c}": b for c, b in zip(fit.columns, fit.coefficients, strict=True)}
    found |= {f"{prefix}se.{column}": fit.standard_error(column) for column in fit.columns}
    return found | {f"{prefix}deviance": fit.deviance}


def test_satisfaction_in_copenhagen():
    rows = pd.read_csv(given.case_file("housing.csv"))
    rows = rows.loc[rows.index.repeat(rows.Freq)]
    y = rows.Sat.map({"Low": 0, "Medium": 1, "High": 2}).to_numpy(dtype=float)
    columns = ("InflMedium", "InflHigh", "TypeApartment", "TypeAtrium", "TypeTerrace", "ContHigh")
    X = np.column_stack([rows[c[:4]] == c[4:] for c in columns]).astype(float)
    fit, probit = (fit_ordered(X, y, columns, link=link) for link in ("logit", "probit"))
    found = named(fit) | {"AIC": fit.akaike, "n": len(fit.codes)}
    found |= {f"probit_{key}": value for key, value in named(probit).items()}
    cuts = ("Low|Medium", "Medium|High")
    found |= {f"zeta.{c}": cut for c, cut in zip(cuts, fit.thresholds, strict=True)}
    agrees("ordinal_housing_polr", found)


def test_plans_to_apply():
    rows = pd.read_csv(given.case_file("ologit.csv"))
    order = ["unlikely", "somewhat likely", "very likely"]
    y = rows["apply"].map(order.index).to_numpy(dtype=float)
    columns = ("pared", "public", "gpa")
    fit = fit_ordered(rows[list(columns)].to_numpy(dtype=float), y, columns)
    found = named(fit) | {"AIC": fit.akaike, "loglik": fit.log_likelihood}
    for number, cut in enumerate(fit.thresholds):
        found[f"zeta.{order[number]}|{order[number + 1]}"] = cut
    agrees("ordinal_ucla_apply", found)


def test_an_item_of_the_pilot_by_region():
    rows = pd.read_csv(given.case_file("pilot_a.csv")).query("endline == 1")
    columns = ("pilot", "b_bel1", "age", "female")
    X, y = rows[list(columns)].to_numpy(dtype=float), rows.e_bel1.to_numpy(dtype=float)
    fit = fit_ordered(X, y, columns)
    found = named(fit) | {"loglik": fit.log_likelihood, "n": len(fit.codes)}
    for name, formula in {"nocorr": "CR0", "G": "CR1", "G_nk": "CR1S"}.items():
        for column in columns:
            contrast = by_cluster(fit, column, rows.region, formula=Formula(formula))
            found[f"se_cluster_{name}.{column}"] = contrast.standard_error
    for low, high, cut in zip(fit.values, fit.values[1:], fit.thresholds, strict=False):
        found[f"zeta.{low:g}|{high:g}"] = cut
    agrees("ordinal_pilot_a_cluster", found)
