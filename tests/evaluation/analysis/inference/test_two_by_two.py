import json

import numpy as np
import pandas as pd
import pytest

from evaluation.analysis.estimators.change_score import linear_fit
from evaluation.analysis.inference.least_squares import classical
from evaluation.analysis.inference.two_by_two import two_by_two
from evaluation.analysis.sample import Sample
from evaluation.errors import EstimationError
from tests.evaluation.analysis.given import case_file


def balanced(stores):
    """Stores met twice, as a sample: each store its own cluster."""
    wide = stores.pivot(index=["id", "nj"], columns="d", values="fte").dropna().reset_index()
    return Sample(
        respondents=wide.id.to_numpy(dtype=object),
        regions=wide.id.to_numpy(dtype=object),
        pilot=wide.nj.to_numpy() == 1,
        baseline=wide[0].to_numpy(),
        endline=wide[1].to_numpy(),
        covariates=np.empty((len(wide), 0)),
    )


def test_card_and_krueger_s_table_3():
    stores = pd.read_csv(case_file("card_krueger.csv"))
    found = two_by_two(
        stores.fte.to_numpy(),
        treated=stores.nj.to_numpy() == 1,
        after=stores.d.to_numpy() == 1,
        clusters=stores.id,
    )
    pairs = balanced(stores)
    change = classical(linear_fit(pairs), "pilot")
    answers = {
        "did_all_available": found.value,
        "se_did_ols": found.ols_error,
        "se_did_unequal": found.unequal_error,
        "se_did_cluster_store_CR1S": found.cluster_error,
        "n_obs": found.n,
        "did_balanced": change.value,
        "se_did_balanced_ols": change.standard_error,
        "n_balanced": len(pairs.endline),
    }
    cells = {
        "PA_before": found.untreated_before,
        "PA_after": found.untreated_after,
        "NJ_before": found.treated_before,
        "NJ_after": found.treated_after,
    }
    for name, cell in cells.items():
        answers |= {f"mean_{name}": cell.mean, f"se_{name}": cell.standard_error}
    expected = json.loads(case_file("did_card_krueger.json").read_text())["expected"]
    assert {value["key"] for value in expected} == set(answers)
    for value in expected:
        assert answers[value["key"]] == pytest.approx(
            value["value"], rel=value["rtol"], abs=value["atol"]
        ), value["key"]


def test_the_value_is_the_difference_of_the_changes_and_cells_count_the_met():
    outcome = np.array([1.0, 2, 4, 6, 2, 3, 9, 12, np.nan])
    treated = np.array([0, 0, 0, 0, 1, 1, 1, 1, 1]) == 1
    after = np.array([0, 0, 1, 1, 0, 0, 1, 1, 1]) == 1
    found = two_by_two(outcome, treated=treated, after=after, clusters=list("abcdefghi"))
    assert found.value == pytest.approx((10.5 - 2.5) - (5.0 - 1.5))
    assert [found.treated_after.n, found.n] == [2, 8]


def test_a_cell_of_one_has_no_spread():
    cells = np.array([0, 0, 0, 1, 1, 1, 1]) == 1
    after = np.array([0, 0, 1, 0, 0, 1, 1]) == 1
    with pytest.raises(EstimationError, match="empty_cell"):
        two_by_two(np.arange(7.0), treated=cells, after=after, clusters=range(7))
