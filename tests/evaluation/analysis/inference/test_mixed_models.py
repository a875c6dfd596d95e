"""REML and Kenward-Roger from moments, against R and against n x n matrices."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, settings
from hypothesis import given as drawn
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from evaluation.analysis.estimators.mixed_model import estimate
from evaluation.analysis.estimators.mixed_model import fit as fit_sample
from evaluation.analysis.inference.cluster_moments import moments_of
from evaluation.analysis.inference.cluster_robust import robust
from evaluation.analysis.inference.kenward_roger import derivatives, kenward_roger, satterthwaite
from evaluation.analysis.inference.least_squares import fit_rows
from evaluation.analysis.inference.mixed_fit import fit_mixed
from evaluation.errors import EstimationError
from tests.evaluation.analysis import given
from tests.evaluation.analysis.inference.reference import agrees

COLUMNS = ("constant", "arm", "x")


def data(seed, sizes=(5, 7, 4, 6, 8, 5), region=0.6, slope=0.0):
    rng = np.random.default_rng(seed)
    clusters = np.repeat(np.arange(len(sizes)), sizes)
    x = rng.normal(size=len(clusters))
    arm = (clusters < len(sizes) / 2).astype(float)
    y = 0.5 * arm + x + rng.normal(size=len(clusters))
    y += (region * rng.normal(size=len(sizes)))[clusters]
    y += (slope * rng.normal(size=len(sizes)))[clusters] * x
    return np.column_stack([np.ones(len(clusters)), arm, x]), y, clusters


def fitted(X, y, clusters, random=("constant",), **more):
    return fit_mixed(moments_of(X, y, clusters, COLUMNS), random, **more)


class Dense:
    """The definitions with V (n, n) written out, and dV/dθ with it."""

    def __init__(self, X, y, clusters, at, D, noise):
        n, p = X.shape
        together = clusters[:, None] == clusters[None, :]
        Z = X[:, at]
        self.G = []
        for i in range(len(at)):
            for j in range(i + 1):
                E = np.zeros((len(at), len(at)))
                E[i, j] = E[j, i] = 1.0
                self.G.append(together * (Z @ E @ Z.T))
        self.G.append(np.eye(n))
        V = together * (Z @ D @ Z.T) + noise * np.eye(n)
        self.Vi = np.linalg.inv(V)
        self.Phi = np.linalg.inv(X.T @ self.Vi @ X)
        self.b = self.Phi @ X.T @ self.Vi @ y
        u = y - X @ self.b
        self.X, self.y = X, y
        constant = n * np.log(2 * np.pi) + np.linalg.slogdet(V)[1] + u @ self.Vi @ u
        self.ml = constant
        self.reml = constant - p * np.log(2 * np.pi) - np.linalg.slogdet(self.Phi)[1]
        self.PV = self.Vi - self.Vi @ X @ self.Phi @ X.T @ self.Vi

    def information(self):
        return np.array([[np.trace(self.PV @ g @ self.PV @ h) / 2 for h in self.G] for g in self.G])

    def observed(self):
        PV, y = self.PV, self.y
        return np.array(
            [
                [y @ PV @ g @ PV @ h @ PV @ y - np.trace(PV @ g @ PV @ h) / 2 for h in self.G]
                for g in self.G
            ]
        )

    def kenward_roger(self, c):
        X, Vi, Phi = self.X, self.Vi, self.Phi
        W = np.linalg.inv(self.information())
        P = [-X.T @ Vi @ g @ Vi @ X for g in self.G]
        cost = sum(
            W[s, t] * (X.T @ Vi @ g @ Vi @ h @ Vi @ X - P[s] @ Phi @ P[t])
            for s, g in enumerate(self.G)
            for t, h in enumerate(self.G)
        )
        adjusted = Phi + 2 * Phi @ cost @ Phi
        # The general formula of Kenward and Roger (1997), for one contrast.
        Theta = np.outer(c, c) / (c @ Phi @ c)
        parts = [Theta @ Phi @ p @ Phi for p in P]
        A1 = sum(
            W[s, t] * np.trace(a) * np.trace(b)
            for s, a in enumerate(parts)
            for t, b in enumerate(parts)
        )
        A2 = sum(
            W[s, t] * np.trace(a @ b) for s, a in enumerate(parts) for t, b in enumerate(parts)
        )
        B = (A1 + 6 * A2) / 2
        g = (2 * A1 - 5 * A2) / (3 * A2)
        below = 3 + 2 * (1 - g)
        c1, c2, c3 = g / below, (1 - g) / below, (3 - g) / below
        mean = 1 / (1 - A2)
        variance = 2 * (1 + c1 * B) / ((1 - c2 * B) ** 2 * (1 - c3 * B))
        rho = variance / (2 * mean**2)
        m = 4 + 3 / (rho - 1)
        factor = m / (mean * (m - 2))
        return np.sqrt(c @ adjusted @ c / factor), m


@settings(deadline=None, max_examples=40)
@drawn(
    seed=st.integers(0, 100_000),
    sizes=st.lists(st.integers(1, 8), min_size=4, max_size=9),
    region=st.sampled_from([0.0, 0.5, 2.0]),
    which=st.integers(1, 2),
)
def test_moments_give_what_n_by_n_matrices_give(seed, sizes, region, which):
    X, y, clusters = data(seed, sizes, region)
    assume(len(y) > len(sizes) + 3 and np.linalg.cond(X) < 100)
    fit = fitted(X, y, clusters)
    dense = Dense(X, y, clusters, [0], fit.D, fit.noise)
    assert fit.criterion == pytest.approx(dense.reml)
    assert fit.solution == pytest.approx(dense.b)
    assert pytest.approx(dense.Phi) == fit.Phi
    found = derivatives(fit)
    assert found.expected == pytest.approx(dense.information())
    assert found.observed == pytest.approx(dense.observed(), abs=1e-6)
    c = np.eye(3)[which]
    error, dof = dense.kenward_roger(c)
    contrast = kenward_roger(fit, COLUMNS[which])
    assert contrast.standard_error == pytest.approx(error)
    assert contrast.dof == pytest.approx(dof, rel=1e-5)
    assert contrast == kenward_roger(fit, c)


@settings(deadline=None, max_examples=25)
@drawn(seed=st.integers(0, 100_000), region=st.sampled_from([0.0, 0.3, 1.0, 30.0]))
def test_no_other_region_variance_fits_better(seed, region):
    X, y, clusters = data(seed, region=region)
    fit = fitted(X, y, clusters)

    def criterion(ratio):
        V = ratio * (clusters[:, None] == clusters[None, :]) + np.eye(len(y))
        b = np.linalg.solve(X.T @ np.linalg.solve(V, X), X.T @ np.linalg.solve(V, y))
        u = y - X @ b
        noise = u @ np.linalg.solve(V, u) / (len(y) - 3)
        return Dense(X, y, clusters, [0], np.array([[ratio * noise]]), noise).reml

    for low, high in ((0, 0.1), (0, 1), (0, 10), (1, 100), (100, 5000)):
        other = minimize_scalar(criterion, bounds=(low, high), method="bounded").fun
        assert fit.criterion <= other + 1e-7


@settings(deadline=None, max_examples=10)
@drawn(seed=st.integers(0, 100_000))
def test_random_slopes_are_those_of_n_by_n_matrices_too(seed):
    X, y, clusters = data(seed, sizes=(9, 8, 9, 12, 8, 10, 11, 9), slope=0.7)
    fit = fitted(X, y, clusters, ("constant", "x"))
    dense = Dense(X, y, clusters, [0, 2], fit.D, fit.noise)
    assert fit.criterion == pytest.approx(dense.reml)
    assert derivatives(fit).expected == pytest.approx(dense.information())
    assume(not fit.at_zero)
    assert derivatives(fit).observed == pytest.approx(dense.observed(), abs=1e-5)
    error, dof = dense.kenward_roger(np.eye(3)[2])
    contrast = kenward_roger(fit, "x")
    assert (contrast.standard_error, contrast.dof) == pytest.approx((error, dof), rel=1e-5)
    step = np.diag([1.0, 1e-3, 0.0])[:2, :2]
    for turn in (np.eye(2), step, -step):
        other = Dense(X, y, clusters, [0, 2], fit.D + 1e-2 * turn @ turn.T, fit.noise)
        assert fit.criterion <= other.reml + 1e-9


def test_maximum_likelihood_is_the_likelihood_of_the_rows():
    X, y, clusters = data(4)
    fit = fitted(X, y, clusters, restricted=False)
    dense = Dense(X, y, clusters, [0], fit.D, fit.noise)
    assert fit.criterion == pytest.approx(dense.ml)
    assert fit.criterion < Dense(X, y, clusters, [0], fit.D * 1.1, fit.noise).ml
    assert fit.criterion < Dense(X, y, clusters, [0], fit.D * 0.9, fit.noise).ml
    assert fit.noise < fitted(X, y, clusters).noise


def alike_regions():
    """Regions that resemble each other more than chance would have it."""
    X, y, clusters = data(1, region=0.0)
    means = np.array([np.mean((y - X[:, 2])[clusters == g]) for g in range(6)])
    return X, y - means[clusters], clusters


def test_at_a_zero_region_variance_kenward_roger_stays_small_and_satterthwaite_is_refused():
    X, y, clusters = alike_regions()
    fit = fitted(X, y, clusters)
    assert fit.at_zero and fit.intraclass_correlation == 0
    assert kenward_roger(fit, "arm").dof < 10
    with pytest.raises(EstimationError, match="variance_zero"):
        satterthwaite(fit, "arm")


def test_random_effects_without_spread_of_their_own_are_at_zero_too():
    X, y, clusters = data(2, sizes=(8,) * 8)
    x = X[:, 2]
    slopes = [np.polyfit(x[clusters == g], y[clusters == g], 1)[0] for g in range(8)]
    fit = fitted(X, y - np.array(slopes)[clusters] * x, clusters, ("constant", "x"))
    assert fit.at_zero


REFUSED = {
    "one_cluster": lambda X, y, g: (X, y, g * 0),
    "no_residual_variation": lambda X, y, g: (X, X @ np.array([1.0, 2, 3]), g),
    "collinear": lambda X, y, g: (X * [1, 1, 0], y, g),
    "not_finite": lambda X, y, g: (X, np.where(g == 2, np.inf, y), g),
    "no_residual": lambda X, y, g: (X[:3], y[:3], g[:3]),
}


@pytest.mark.parametrize("rule", REFUSED)
def test_what_cannot_be_fitted_is_refused_with_a_rule(rule):
    X, y, clusters = data(3)
    with pytest.raises(EstimationError) as refused:
        fitted(*REFUSED[rule](X, y, clusters))
    assert refused.value.rule == rule


def test_regions_whose_children_are_copies_of_each_other_leave_no_noise():
    X, _, clusters = data(3)
    y = X[:, 2] + np.array([1.0, 3, 2, 5, 1, 4])[clusters]
    with pytest.raises(EstimationError, match="no_residual_variation"):
        fitted(X, y, clusters)


def test_a_region_in_each_arm_cannot_tell_region_from_programme():
    X, y, clusters = data(3, sizes=(9, 9))
    with pytest.raises(EstimationError, match="variances_unknown"):
        kenward_roger(fitted(X, y, clusters), "arm")


def test_regions_of_one_child_cannot_tell_region_from_child():
    X, y, clusters = data(3, sizes=(1,) * 12)
    with pytest.raises(EstimationError, match="variances_unknown"):
        kenward_roger(fitted(X, y, clusters), "arm")


def test_with_equal_regions_and_no_covariates_it_is_the_t_test_of_region_means():
    """Balanced: the mixed model, the two-stage t and CR2 know the same and say the same."""
    X, y, clusters = data(11, sizes=(6,) * 8, region=1.0)
    fit = fit_mixed(moments_of(X[:, :2], y, clusters, COLUMNS[:2]))
    means = np.array([y[clusters == g].mean() for g in range(8)])
    contrast = kenward_roger(fit, "arm")
    pooled = np.sqrt((means[:4].var(ddof=1) + means[4:].var(ddof=1)) / 4)
    assert contrast.value == pytest.approx(means[:4].mean() - means[4:].mean())
    assert contrast.standard_error == pytest.approx(pooled, rel=1e-6)
    assert contrast.dof == pytest.approx(6, rel=1e-6)
    direct = robust(fit_rows(X[:, :2], y, clusters, COLUMNS[:2]), "arm")
    assert contrast.standard_error == pytest.approx(direct.standard_error, rel=1e-6)
    other = satterthwaite(fit, "arm")  # with equal regions there is nothing to correct
    assert (other.standard_error, other.dof) == pytest.approx((pooled, 6), rel=1e-6)


@settings(deadline=None, max_examples=15)
@drawn(seed=st.integers(0, 1000), shift=st.floats(-1e4, 1e4), scale=st.floats(0.01, 100))
def test_order_and_unit_do_not_matter(seed, shift, scale):
    from dataclasses import replace

    sample = given.sample(seed)
    order = np.random.default_rng(seed).permutation(len(sample.endline))
    other = replace(
        sample,
        regions=np.array([f"x{name}" for name in sample.regions], dtype=object)[order],
        pilot=sample.pilot[order],
        baseline=sample.baseline[order] * scale + shift,
        endline=sample.endline[order] * scale + shift,
        covariates=sample.covariates[order],
    )
    plain, moved = estimate(sample, level=0.95), estimate(other, level=0.95)
    assert moved.value == pytest.approx(plain.value * scale, rel=1e-4, abs=1e-6 * scale)
    assert moved.standard_error == pytest.approx(plain.standard_error * scale, rel=1e-4)
    assert moved.dof == pytest.approx(plain.dof, rel=1e-3)


def test_nearly_collinear_columns_are_still_about_the_pilot():
    """Years beside months: the answer is that of years alone with what months add."""
    sample = given.sample(3)
    z = sample.covariates[:, 0]
    from dataclasses import replace

    noisy = z + 1e-4 * np.random.default_rng(1).normal(size=len(z))
    two = replace(sample, covariates=np.column_stack([z, noisy]), covariate_names=("a", "b"))
    turned = replace(two, covariates=np.column_stack([z, (noisy - z) * 1e4]))
    assert estimate(two, level=0.95).value == pytest.approx(
        estimate(turned, level=0.95).value, rel=1e-5
    )
    # Cross-products keep half the digits of columns so near: its dof is good to a thousandth.
    assert estimate(two, level=0.95).dof == pytest.approx(
        estimate(turned, level=0.95).dof, rel=2e-3
    )


# --- the answers of R's lme4, lmerTest and pbkrtest -----------------------------------------


def answers(fit, of):
    adjusted, plain = kenward_roger(fit, of), satterthwaite(fit, of)
    return {
        "estimate": adjusted.value,
        "se_reml": plain.standard_error,
        "df_satt": plain.dof,
        "p_satt": plain.p_value,
        "se_kr": adjusted.standard_error,
        "df_kr": adjusted.dof,
        "p_kr": adjusted.p_value,
        "var_region": fit.D[0, 0],
        "var_resid": fit.noise,
        "reml_crit": fit.criterion,
        "icc": fit.intraclass_correlation,
    }


def pilot_a():
    rows = pd.read_csv(given.case_file("pilot_a.csv")).query("endline == 1")
    covariates = rows[["age", "female"]].to_numpy(dtype=float)
    return given.Sample(
        respondents=rows.child_id.to_numpy(dtype=object),
        regions=rows.region.to_numpy(dtype=object),
        pilot=rows.pilot.to_numpy() == 1,
        baseline=rows.b_bel.to_numpy(dtype=float),
        endline=rows.e_bel.to_numpy(dtype=float),
        covariates=covariates,
        covariate_names=("age", "female"),
    )


def test_the_estimator_agrees_with_lme4_and_pbkrtest():
    found = estimate(pilot_a(), level=0.95)
    agrees("lmm_pilot_a", answers(fit_sample(pilot_a()), "pilot"))
    assert found == kenward_roger(fit_sample(pilot_a()), "pilot")
    assert found.method == "REML, Kenward-Roger"


def test_growth_of_27_children():
    rows = pd.read_csv(given.case_file("orthodont.csv"))
    X = np.column_stack([np.ones(len(rows)), rows.age, rows.Sex == "Male"]).astype(float)
    y = rows.distance.to_numpy(dtype=float)
    moments = moments_of(X, y, rows.Subject, ("constant", "age", "male"))
    agrees("lmm_orthodont", answers(fit_mixed(moments), "male"))


def test_random_slopes_of_lack_of_sleep():
    rows = pd.read_csv(given.case_file("sleepstudy.csv"))
    X = np.column_stack([np.ones(len(rows)), rows.Days]).astype(float)
    both = ("constant", "days")
    moments = moments_of(X, rows.Reaction.to_numpy(dtype=float), rows.Subject, both)
    fit = fit_mixed(moments, both)
    found = answers(fit, "days")
    agrees(
        "lmm_sleepstudy",
        {
            "intercept": fit.solution[0],
            "days": found["estimate"],
            "se_intercept": satterthwaite(fit, "constant").standard_error,
            "se_days": found["se_reml"],
            "df_satt_days": found["df_satt"],
            "df_kr_days": found["df_kr"],
            "var_intercept": fit.D[0, 0],
            "var_days": fit.D[1, 1],
            "cov": fit.D[0, 1],
            "resid_var": fit.noise,
            "reml_crit": fit.criterion,
            "loglik_ml": -fit_mixed(moments, both, restricted=False).criterion / 2,
        },
    )
