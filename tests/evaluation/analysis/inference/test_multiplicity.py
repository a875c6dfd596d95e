"""Many p-values, against R's p.adjust, Anderson's table, and definitions run one by one."""

import json

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from evaluation.analysis.inference.multiplicity import METHODS, adjust
from evaluation.analysis.inference.sharpened_q import sharpened_q
from evaluation.design.plans import ADJUSTMENTS
from tests.evaluation.analysis import given as cases
from tests.evaluation.analysis.inference.reference import agrees


def inputs(case):
    return json.loads(cases.case_file(f"{case}.json").read_text())["inputs"]


P_VALUES = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=9)


def step_up_by_hand(p_values, level):
    """How many Benjamini and Hochberg reject: look at every rank from the last."""
    ordered, m = sorted(p_values), len(p_values)
    return next((i for i in range(m, 0, -1) if ordered[i - 1] <= level * i / m), 0)


def sharpened_by_hand(p_values):
    """Anderson's loop: from q = 1 downwards, the smallest q that rejects wins."""
    m, found = len(p_values), [1.0] * len(p_values)
    ranks = np.argsort(np.argsort(p_values, kind="stable"), kind="stable") + 1
    for thousandth in range(1000, 0, -1):
        q = thousandth / 1000
        first = step_up_by_hand(p_values, q / (1 + q))
        second = m if first == m else step_up_by_hand(p_values, q / (1 + q) * m / (m - first))
        found = [q if rank <= second else old for rank, old in zip(ranks, found, strict=True)]
    return found


@settings(deadline=None, max_examples=25)
@drawn(P_VALUES)
def test_sharpened_q_are_those_of_the_loop(p_values):
    assert sharpened_q(p_values) == pytest.approx(sharpened_by_hand(p_values))
    assert adjust(p_values, "sharpened_q") == sharpened_q(p_values)


BY_HAND = {
    "bonferroni": lambda p: [min(1.0, len(p) * x) for x in p],
    "sidak": lambda p: [1 - (1 - x) ** len(p) for x in p],
    "hochberg": lambda p: [
        min(min(1.0, (len(p) - i) * y) for i, y in enumerate(sorted(p)) if y >= x) for x in p
    ],
    "fdr_by": lambda p: [
        min(1.0, x * sum(1 / i for i in range(1, len(p) + 1))) for x in adjusted_unbounded(p)
    ],
}


def adjusted_unbounded(p):
    m, ordered = len(p), sorted(p)
    return [min(m * y / (i + 1) for i, y in enumerate(ordered) if y >= x) for x in p]


@settings(deadline=None, max_examples=25)
@drawn(P_VALUES)
@pytest.mark.parametrize("method", BY_HAND)
def test_families_are_adjusted_as_by_hand(method, p_values):
    distinct = sorted(set(np.round(p_values, 6)))
    assert adjust(distinct, method) == pytest.approx(BY_HAND[method](distinct))


@settings(deadline=None, max_examples=25)
@drawn(P_VALUES)
@pytest.mark.parametrize("method", METHODS)
def test_no_method_depends_on_the_order_or_leaves_the_unit_interval(method, p_values):
    adjusted = adjust(p_values, method)
    turned = adjust(p_values[::-1], method)[::-1]
    assert sorted(adjusted) == pytest.approx(sorted(turned))
    assert all(0 <= p <= 1 for p in adjusted)
    order = np.argsort(p_values, kind="stable")
    assert (np.diff(np.array(adjusted)[order]) >= -1e-12).all()


@settings(deadline=None, max_examples=25)
@drawn(P_VALUES)
def test_hommel_lies_between_hochberg_and_the_raw_p(p_values):
    hommel, hochberg = adjust(p_values, "hommel"), adjust(p_values, "hochberg")
    assert all(p <= h <= k + 1e-12 for p, h, k in zip(p_values, hommel, hochberg, strict=True))


def test_every_adjustment_that_a_plan_can_name_is_known_here():
    assert set(ADJUSTMENTS) <= set(METHODS)


def test_no_p_values_need_no_adjusting():
    assert {adjust([], method) for method in METHODS} == {()}


def test_the_fifteen_p_values_of_benjamini_and_hochberg():
    p = inputs("multiplicity_bh1995")["p"]
    words = {"BH": "fdr_bh", "BY": "fdr_by"}
    found = {
        f"{name}[{place}]": value
        for name in ("bonferroni", "holm", "hochberg", "hommel", "BH", "BY")
        for place, value in enumerate(adjust(p, words.get(name, name)))
    }
    found["n_rej_bonf"] = sum(q <= 0.05 for q in adjust(p, "bonferroni"))
    found["n_rej_BH"] = sum(q <= 0.05 for q in adjust(p, "fdr_bh"))
    agrees("multiplicity_bh1995", found)


def test_anderson_s_table():
    q = sharpened_q(inputs("multiplicity_sharpened_q")["p"])
    agrees("multiplicity_sharpened_q", {f"sharpened_q[{i}]": value for i, value in enumerate(q)})
