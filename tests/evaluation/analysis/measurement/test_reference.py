"""Measurement through the public face, held against R on other people's data and on the pilot's."""

import numpy as np
import pandas as pd
import pytest

from evaluation.analysis import (
    agreement,
    cronbach_alpha,
    item_functioning,
    one_factor,
    ordinal_alpha,
    polychoric,
)
from tests.evaluation.analysis import given
from tests.evaluation.analysis.inference.reference import agrees


def consistency_of(found):
    return {
        "raw_alpha": found.alpha,
        "std_alpha": found.standardised,
        "avg_r": found.mean_correlation,
        "G6": found.guttman_6,
        "n_complete": found.rows,
        "alpha_feldt_ci[0]": found.low,
        "alpha_feldt_ci[1]": found.high,
        **{f"item_rest_r.{part.item}": part.rest for part in found.items},
        **{f"alpha_if_dropped.{part.item}": part.alpha_without for part in found.items},
    }


def loadings_of(found, name):
    return {f"loadings_{name}[{j}]": value for j, value in enumerate(found.loadings)} | {
        f"omega_total_1f_{name}": found.omega
    }


def test_attitude():
    rows = pd.read_csv(given.case_file("attitude.csv"))
    answers = rows.to_numpy(dtype=float)
    factor = one_factor(np.corrcoef(answers, rowvar=False))
    agrees(
        "reliability_attitude",
        consistency_of(cronbach_alpha(answers, tuple(rows.columns)))
        | loadings_of(factor, "minres"),
    )


def test_agreeableness():
    items = ("A1", "A2", "A3", "A4", "A5")
    rows = pd.read_csv(given.case_file("bfi_agree.csv"))
    answers = rows[list(items)].to_numpy(dtype=float)
    answers[:, 0] = 7 - answers[:, 0]
    whole = answers[np.isfinite(answers).all(axis=1)]
    R = np.corrcoef(whole, rowvar=False)
    agrees(
        "reliability_bfi_agreeableness",
        consistency_of(cronbach_alpha(answers, items))
        | loadings_of(one_factor(R), "minres")
        | loadings_of(one_factor(R, "ml"), "ml")
        | {
            "polychoric_A2_A3": polychoric(whole[:, 1], whole[:, 2]),
            "ordinal_alpha": ordinal_alpha(answers, items),
        },
    )


def test_shrout_and_fleiss():
    rows = pd.read_csv(given.case_file("shrout_fleiss.csv"))
    found = agreement(rows[["J1", "J2", "J3", "J4"]].to_numpy(dtype=float))
    answers = {}
    for place, one in enumerate(found):
        answers |= {
            f"type[{place}]": one.kind,
            f"ICC[{place}]": one.value,
            f"F[{place}]": one.F,
            f"df1[{place}]": one.between,
            f"df2[{place}]": one.within,
            f"lower[{place}]": one.low,
            f"upper[{place}]": one.high,
        }
    agrees("icc_shrout_fleiss", answers)


def functioning_of(found, key):
    answers = {}
    for place, one in enumerate(found):
        answers |= {
            f"{key}[{place}].item": one.item,
            f"{key}[{place}].beta_group_uniform": one.group_effect,
            f"{key}[{place}].nagelkerke12": one.uniform.nagelkerke,
        }
        for models, step in {"12": one.uniform, "13": one.either, "23": one.by_total}.items():
            answers |= {
                f"{key}[{place}].chi{models}": step.chi_square,
                f"{key}[{place}].p{models}": step.p_value,
                f"{key}[{place}].mcfadden{models}": step.mcfadden,
            }
    return answers


def test_language_in_the_pilot():
    items = tuple(f"b_bel{number}" for number in range(1, 5))
    rows = pd.read_csv(given.case_file("pilot_a.csv"))
    found = item_functioning(
        rows[list(items)].to_numpy(dtype=float), items, (rows["lang"] == "ru").to_numpy()
    )
    agrees("dif_pilot_a_language", functioning_of(found, "items"))


@pytest.fixture(scope="module")
def anxiety():
    return pd.read_csv(given.case_file("promis_anxiety.csv"))


def test_age_in_the_anxiety_questions(anxiety):
    """The flags of lordif need its item response model, which this house has not."""
    every, first = ([f"R{number}" for number in range(1, end)] for end in (30, 11))
    found = item_functioning(
        anxiety[first].to_numpy(dtype=float),
        tuple(first),
        (anxiety["age"] == 1).to_numpy(),
        total=anxiety[every].sum(axis=1).to_numpy(dtype=float),
    )
    agrees("dif_promis_anxiety_age", functioning_of(found, "sum"), without="lordif_flagged_items")
