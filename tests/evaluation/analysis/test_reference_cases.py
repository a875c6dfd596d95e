"""The reference cases through the public face, and the page that lists them.

Each method's own test holds every value of its case against the method; here `compare_regions`,
which puts them together, must say the same of the synthetic pilot, and the table in
docs/statistics.md must name every such case, with a public function and the right number of values.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

import evaluation.analysis
from evaluation.analysis import compare_regions
from tests.evaluation.analysis import given

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/statistics.md").read_text("utf-8")
ROW = re.compile(r"^\| (\w+) \| ([^|]+) \| ([^|]+) \| (\d+) \|", re.M)
LISTED = {case: (functions, int(values)) for case, _, functions, values in ROW.findall(PAGE)}
TESTED = dict(re.findall(r"^\| (\w+) \|.*\| `([\w/.]+)` \|$", PAGE, re.M))


def expected(case):
    values = json.loads(given.case_file(f"{case}.json").read_text("utf-8"))["expected"]
    return {value["key"]: value for value in values}


@pytest.fixture(scope="module")
def found():
    return compare_regions(
        pd.read_csv(given.case_file("pilot_a.csv")).query("endline == 1"),
        outcome="e_bel",
        baseline="b_bel",
        arm="pilot",
        cluster="region",
        covariates=["age", "female"],
    )


def of(found, estimator):
    return next(c for c in found.companions if c.estimator == estimator)


def bootstrap(found, kind):
    return next(b for b in found.bootstraps if b.kind == kind)


THROUGH = {
    "crve_pilot_a_ancova": {
        "estimate": lambda f: f.value,
        "se_CR2": lambda f: f.standard_error,
        "df_satt_CR2": lambda f: f.degrees_of_freedom,
        "p_satt_CR2": lambda f: f.p_value,
        "ci95_CR2[0]": lambda f: f.low,
        "ci95_CR2[1]": lambda f: f.high,
    },
    "wcb_pilot_a_enumerated": {
        "WCR11.p_inclusive": lambda f: f.wild_bootstrap.p_value,
        "WCR11.n_draws": lambda f: f.wild_bootstrap.draws,
        "WCR11.ci95_inclusive[0]": lambda f: f.wild_bootstrap.low,
        "WCR11.ci95_inclusive[1]": lambda f: f.wild_bootstrap.high,
        "WCR31.p_inclusive": lambda f: bootstrap(f, "WCR31").p_value,
        "WCR31.ci95_inclusive[0]": lambda f: bootstrap(f, "WCR31").low,
        "WCU11.p_inclusive": lambda f: bootstrap(f, "WCU11").p_value,
    },
    "maxt_pilot_a": {
        "p_raw[0]": lambda f: f.permutation.p_value,
        "n_perm": lambda f: f.permutation.permutations,
    },
    "two_stage_pilot_a": {
        "diff": lambda f: of(f, "two_stage").value,
        "df_welch": lambda f: of(f, "two_stage").dof,
        "p_welch": lambda f: of(f, "two_stage").p_value,
        "p_IM_df_minG_1": lambda f: of(f, "ibragimov_muller").p_value,
    },
    "lmm_pilot_a": {
        "estimate": lambda f: of(f, "mixed_model").value,
        "se_kr": lambda f: of(f, "mixed_model").standard_error,
        "df_kr": lambda f: of(f, "mixed_model").dof,
        "p_kr": lambda f: of(f, "mixed_model").p_value,
    },
}
PAIRS = [(case, key) for case, keys in THROUGH.items() for key in keys]


@pytest.mark.parametrize(("case", "key"), PAIRS)
def test_compare_regions_gives_the_reference_s_number(found, case, key):
    value = expected(case)[key]
    assert THROUGH[case][key](found) == pytest.approx(
        value["value"], rel=value["rtol"], abs=value["atol"]
    )


def test_the_page_lists_the_cases_of_this_room():
    assert len(LISTED) >= 27
    assert set(THROUGH) <= set(LISTED)


@pytest.mark.parametrize("case", LISTED)
def test_every_listed_case_passes_through_a_public_function(case):
    functions, _ = LISTED[case]
    named = re.findall(r"`(\w+)`", functions)
    assert named
    assert set(named) <= set(evaluation.analysis.__all__)
    assert all(callable(getattr(evaluation.analysis, name)) for name in named)
    # A case is listed because the test that is named beside it reads its file.
    test = Path(__file__).parent / TESTED[case]
    assert f'"{case}' in test.read_text("utf-8")


@pytest.mark.parametrize("case", LISTED)
def test_every_listed_case_has_as_many_values_as_the_page_says(case):
    assert LISTED[case][1] == len(expected(case))
