"""The pilot of the reference cases as a fit, and a case's answers held against ours."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from evaluation.analysis.inference.least_squares import fit_with_constant
from tests.evaluation.analysis.given import case_file


def pilot_a(outcome="bel", covariates=("age", "female"), baseline=True, by="region"):
    rows = pd.read_csv(case_file("pilot_a.csv")).query("endline == 1")
    names = ["pilot", *([f"b_{outcome}"] if baseline else []), *covariates]
    slopes = rows[names].to_numpy(dtype=float)
    return fit_with_constant(slopes, rows[f"e_{outcome}"].to_numpy(), rows[by], tuple(names))


def agrees(case, answers, without=None):
    """Every expected value of the case, at its own tolerance; but those that begin `without`,
    which need a method that is not here."""
    every = json.loads(case_file(f"{case}.json").read_text())["expected"]
    expected = [v for v in every if without is None or not v["key"].startswith(without)]
    assert expected
    for value in expected:
        found = answers[value["key"]]
        if not isinstance(value["value"], str):
            value["value"] = pytest.approx(value["value"], rel=value["rtol"], abs=value["atol"])
        assert found == value["value"], value["key"]
