import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from evaluation.analysis.inference.cluster_moments import merge, moments_of
from evaluation.analysis.inference.cluster_robust import Formula, robust
from evaluation.analysis.inference.imbens_kolesar import imbens_kolesar_dof
from evaluation.analysis.inference.least_squares import fit_moments, fit_rows
from evaluation.errors import EstimationError
from tests.evaluation.analysis.given import case_file
from tests.evaluation.analysis.inference import by_hand


def design(seed, sizes, kinds):
    """A constant, and columns of these kinds, over clusters of these sizes."""
    rng = np.random.default_rng(seed)
    clusters = np.repeat(np.arange(len(sizes)), sizes)
    n = len(clusters)
    columns = {
        "child": lambda: rng.normal(size=n),
        "region": lambda: rng.normal(size=len(sizes))[clusters],
        "arm": lambda: (clusters < (len(sizes) + 1) // 2).astype(float),
        "own dummy": lambda: (clusters == len(sizes) - 1).astype(float),
        "rare": lambda: (np.arange(n) == n // 2).astype(float),
    }
    X = np.column_stack([np.ones(n), *(columns[kind]() for kind in kinds)])
    order = rng.permutation(n)
    return X[order], rng.normal(size=n), clusters[order]


KINDS = st.lists(
    st.sampled_from(["child", "region", "arm", "own dummy", "rare"]), min_size=1, max_size=4
)


@settings(deadline=None, max_examples=150)
@drawn(
    seed=st.integers(0, 100_000),
    sizes=st.lists(st.integers(1, 7), min_size=2, max_size=7),
    kinds=KINDS,
    formula=st.sampled_from(list(Formula)),
    which=st.integers(0, 3),
)
def test_moments_give_what_n_by_n_matrices_give(seed, sizes, kinds, formula, which):
    X, y, clusters = design(seed, sizes, kinds)
    assume(len(y) > X.shape[1] and np.linalg.cond(X) < 1e4)
    c = np.eye(X.shape[1])[1 + which % len(kinds)]
    fit = fit_rows(X, y, clusters, tuple(f"x{j}" for j in range(X.shape[1])))
    try:
        found = robust(fit, c, formula=formula)
    except EstimationError as error:
        if error.rule == "no_residual_variation":
            assert by_hand.robust(X, y, clusters, c, formula)[1] < 1e-7
        else:
            assert error.rule == "cluster_alone" and formula is Formula.CR3
        return
    value, standard_error, dof, _ = by_hand.robust(X, y, clusters, c, formula)
    assert found.value == pytest.approx(value, rel=1e-7, abs=1e-9)
    assert found.standard_error == pytest.approx(standard_error, rel=1e-6)
    assert found.dof == pytest.approx(dof, rel=1e-5)


@settings(deadline=None, max_examples=40)
@drawn(seed=st.integers(0, 100_000), sizes=st.lists(st.integers(2, 7), min_size=3, max_size=7))
def test_imbens_kolesar_dof_are_those_of_the_covariance_written_out(seed, sizes):
    X, y, clusters = design(seed, sizes, ["child", "region"])
    assume(np.linalg.cond(X) < 1e4)
    fit = fit_rows(X, y, clusters, ("constant", "child", "region"))
    expected = by_hand.imbens_kolesar(X, y, clusters, np.eye(3)[1])
    assert imbens_kolesar_dof(fit, "child") == pytest.approx(expected, rel=1e-6)


def test_imbens_kolesar_dof_of_clusters_of_one_are_the_usual_ones():
    X, y, clusters = design(3, [1] * 9, ["child"])
    fit = fit_rows(X, y, clusters, ("constant", "child"))
    assert imbens_kolesar_dof(fit, "child") == pytest.approx(robust(fit, "child").dof)


@settings(deadline=None, max_examples=30)
@drawn(seed=st.integers(0, 100_000))
def test_names_order_and_scale_of_the_rows_do_not_matter(seed):
    X, y, clusters = design(seed, [4, 3, 6, 5, 4], ["arm", "child"])
    columns = ("constant", "arm", "child")
    plain = robust(fit_rows(X, y, clusters, columns), "arm")
    order = np.random.default_rng(seed + 1).permutation(len(y))
    renamed = np.array(["zz", "m", "a", "q", "b"])[clusters]
    moved = X @ np.array([[1, 0, 7], [0, 1, 0], [0, 0, 100]])
    other = robust(fit_rows(moved[order], 5 - 2 * y[order], renamed[order], columns), "arm")
    assert other.value == pytest.approx(-2 * plain.value)
    assert other.standard_error == pytest.approx(2 * plain.standard_error)
    assert other.dof == pytest.approx(plain.dof)
    assert other.p_value == pytest.approx(plain.p_value, rel=1e-6)
    assert (other.low, other.high) == pytest.approx((-2 * plain.high, -2 * plain.low))


def test_moments_made_in_parts_give_the_same_answer():
    X, y, clusters = design(5, [9, 8, 7, 6], ["arm", "child"])
    columns = ("constant", "arm", "child")
    parts = [moments_of(X[i::3], y[i::3], clusters[i::3], columns) for i in range(3)]
    merged = robust(fit_moments(merge(merge(parts[2], parts[0]), parts[1])), "arm")
    whole = robust(fit_rows(X, y, clusters, columns), "arm")
    assert merged.standard_error == pytest.approx(whole.standard_error)
    assert merged.dof == pytest.approx(whole.dof)


def test_cr3_is_the_jackknife_over_clusters_about_the_estimate():
    X, y, clusters = design(8, [9, 5, 7, 6, 8], ["arm", "child"])
    fit = fit_rows(X, y, clusters, ("constant", "arm", "child"))
    without = [
        np.linalg.lstsq(X[clusters != g], y[clusters != g], rcond=None)[0][1] for g in range(5)
    ]
    jackknife = np.sqrt(np.sum((np.array(without) - fit.coefficients[1]) ** 2))
    assert robust(fit, "arm", formula=Formula.CR3).standard_error == pytest.approx(jackknife)


def test_cr3_cannot_do_without_the_cluster_that_the_contrast_rests_on():
    X, y, clusters = design(2, [5, 5, 5, 5], ["own dummy", "child"])
    fit = fit_rows(X, y, clusters, ("constant", "own", "child"))
    with pytest.raises(EstimationError, match="cluster_alone"):
        robust(fit, "own", formula=Formula.CR3)
    others = clusters != 3
    assert robust(fit, "child", formula=Formula.CR3).standard_error > 0
    dropped = fit_rows(X[others][:, [0, 2]], y[others], clusters[others], ("constant", "child"))
    assert fit.coefficients[2] != dropped.coefficients[1]


def test_one_cluster_says_nothing_about_clusters():
    X, y, _ = design(1, [6], ["child"])
    fit = fit_rows(X, y, np.zeros(6), ("constant", "child"))
    with pytest.raises(EstimationError, match="one_cluster"):
        robust(fit, "child")


def test_an_outcome_without_chance_is_refused():
    X, _, clusters = design(1, [6, 6, 6], ["child"])
    fit = fit_rows(X, X @ np.array([2.0, 3.0]), clusters, ("constant", "child"))
    with pytest.raises(EstimationError, match="no_residual_variation"):
        robust(fit, "child")


def test_a_region_of_many_costs_no_more_than_a_region_of_few():
    """200,000 rows in two clusters: n x n matrices would need 80 GB."""
    X, y, clusters = design(1, [120_000, 80_000], ["child"])
    found = robust(fit_rows(X, y, clusters, ("constant", "child")), "child")
    assert found.standard_error == pytest.approx(1 / np.sqrt(200_000), rel=0.9)


# --- the answers of R's clubSandwich and dfadjust, and of Stata -----------------------------


def ancova_of_pilot_a():
    rows = pd.read_csv(case_file("pilot_a.csv")).query("endline == 1")
    X = rows[["pilot", "b_bel", "age", "female"]].assign(constant=1.0)
    return X, rows.e_bel, rows.region, ["pilot"]


def eight_years():
    rows = pd.read_csv(case_file("gruber_poterba_collapsed.csv"))
    X = rows[["selfemployed", "post", "post_self"]].assign(constant=1.0)
    return X, rows.hasinsurance, rows.year, ["post_self"]


def states_and_years():
    rows = pd.read_csv(case_file("mortality_mv.csv")).dropna(subset=["mrate", "legal", "beertaxa"])
    states = pd.get_dummies(rows.state.astype("str"), prefix="state")
    years = pd.get_dummies(rows.year, prefix="year").iloc[:, 1:]
    return (
        rows[["legal", "beertaxa"]].join([states, years]),
        rows.mrate,
        rows.state,
        ["legal", "beertaxa"],
    )


REFERENCE = {
    "crve_pilot_a_ancova": ancova_of_pilot_a,
    "crve_gruber_poterba_8years": eight_years,
    "crve_mortality_mvdeaths": states_and_years,
}


def all_answers(fit, of):
    found = {formula: robust(fit, of, formula=formula) for formula in Formula}
    cr2 = found[Formula.CR2]
    answers = {
        "estimate": cr2.value,
        "ci95_CR2[0]": cr2.low,
        "ci95_CR2[1]": cr2.high,
        "se_HC2_dfadjust": cr2.standard_error,
        "df_BM": cr2.dof,
        "df_IK": imbens_kolesar_dof(fit, of),
        "t_null_0.04_CR1S": robust(fit, of, formula=Formula.CR1S, null=0.04).statistic,
        "n": fit.moments.rows,
        "G": fit.moments.clusters,
    }
    for formula, contrast in found.items():
        answers[f"se_{formula}"] = contrast.standard_error
        answers[f"df_satt_{formula}"] = contrast.dof
        answers[f"p_satt_{formula}"] = contrast.p_value
    return answers


@pytest.mark.parametrize("path", ["rows", "moments"])
@pytest.mark.parametrize("case", REFERENCE)
def test_it_agrees_with_the_reference_at_the_reference_s_own_tolerance(case, path):
    X, y, clusters, asked = REFERENCE[case]()
    numbers, outcome, columns = X.to_numpy(dtype=float), y.to_numpy(dtype=float), tuple(X.columns)
    if path == "rows":
        fit = fit_rows(numbers, outcome, clusters, columns)
    else:
        fit = fit_moments(moments_of(numbers, outcome, clusters, columns))
    answers = {}
    for column in asked:
        prefix = f"{column}." if len(asked) > 1 else ""
        answers |= {prefix + key: value for key, value in all_answers(fit, column).items()}
    answers["n"] = len(y)
    expected = json.loads(case_file(f"{case}.json").read_text())["expected"]
    assert len(expected) >= 19
    for value in expected:
        assert answers[value["key"]] == pytest.approx(
            value["value"], rel=value["rtol"], abs=value["atol"]
        ), value["key"]
