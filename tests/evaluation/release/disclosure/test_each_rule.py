"""Rules of the gate that no single cell shows: named regions, terms of models, bars of charts."""

from __future__ import annotations

import re
from dataclasses import fields, replace

import pandas as pd
import pytest

from evaluation.design import Region
from evaluation.language import Language
from evaluation.release import Table, build_report, protect
from evaluation.release.disclosure import ReleasedCompanion, ReleasedOutcome
from evaluation.release.disclosure.tables.rules import Rule
from evaluation.release.report.facts import Facts
from tests.evaluation.release import given

EVEN = [20, 20, 20]


def sites(first: list[int], second: list[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Three regions of three sites, two answers; the first region's sites as told."""
    lines = {
        (region, site): (first[n], second[n]) if region == "north" else (EVEN[n], EVEN[n])
        for region in ("north", "south", "west")
        for n, site in enumerate("klm")
    }
    parts = pd.DataFrame.from_dict(lines, orient="index", columns=["yes", "no"])
    parts.index = pd.MultiIndex.from_tuples(parts.index)
    whole = parts.groupby(level=0).sum()
    whole["All"] = whole.sum(axis=1)
    whole.loc["All"] = whole.sum()
    return whole, parts


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        ([24, 18, 18], [20, 22, 18], None),
        ([24, 18, 18], [50, 5, 5], Rule.DOMINANCE),  # 74 of 120, and not half of the first answer
        ([30, 30, 0], [30, 30, 0], Rule.FEW_SITES),
    ],
)
def test_a_region_that_is_rather_a_site_shows_no_number(
    first: list[int], second: list[int], rule: Rule | None
) -> None:
    whole, parts = sites(first, second)
    released = protect(Table(whole, sites=parts))
    line = list(released.table.loc["north"])
    assert (line == ["[c]"] * 3) is (rule is not None)
    told = {e.column: e.rule for e in released.explanations if e.row == "north"}
    assert set(told.values()) == ({rule} if rule else set())
    assert "[c]" not in list(released.table.loc["All"])[2:]


def test_what_cannot_be_stays_not_applicable_in_a_hidden_region() -> None:
    whole, parts = sites([30, 30, 0], [0, 0, 0])
    released = protect(Table(whole, sites=parts, impossible=[("north", "no")]))
    assert list(released.table.loc["north"]) == ["[c]", "[z]", "[c]"]


def test_a_region_of_fewer_children_than_the_minimum_shows_no_number() -> None:
    whole, parts = sites([3, 2, 2], [1, 1, 0])
    assert list(protect(Table(whole, sites=parts)).table.loc["north"]) == ["[c]"] * 3


def test_the_report_names_no_region() -> None:
    codes = [role.region for role in given.study().roles]
    regions = {
        code: Region(code, "", "region", given.texts(*[f"Land{code}x"] * 3)) for code in codes
    }
    page = build_report(given.released(), replace(given.study(), regions=regions), Language("en"))
    assert regions and not re.search(r"Land\w+x", page.decode())


@pytest.mark.parametrize(("regions", "shown"), [((5, 5), True), ((5, 6), True), ((6, 6), False)])
def test_a_term_for_every_region_costs_a_degree_of_freedom(
    regions: tuple[int, int], shown: bool
) -> None:
    """22 children: 22 - (regions + the baseline score) must leave 10."""
    study = given.study()
    assert study.plan is not None
    plain = replace(study, plan=replace(study.plan, covariates=()))
    made = given.estimate(
        n_pilot=11, n_comparison=11, regions_pilot=regions[0], regions_comparison=regions[1]
    )
    released = protect(Facts(given.comparison(made), plain), plain.disclosure)
    assert released.outcomes[0].hidden is not shown


def test_of_a_model_only_the_arm_leaves() -> None:
    """A covariate's coefficient, or a region's, is what the few children of that cell answered."""
    said = {field.name for kind in (ReleasedOutcome, ReleasedCompanion) for field in fields(kind)}
    assert not {name for name in said if re.search("covariate|coefficient|term|slope", name)}
    keys = [key for key, _ in given.released().ledger() if key.startswith("outcome/")]
    estimators = {"change_score", "ordinal", "mixed_model"}
    assert {key.split("/")[2] for key in keys if key.count("/") == 3} == estimators


@pytest.mark.parametrize("bars", [[3, 2, 1], [9], [4, 0, 5]])
def test_a_chart_of_fewer_children_than_the_minimum_has_no_bar(bars: list[int]) -> None:
    released = protect(pd.Series(bars, name="children"))
    assert set(released.table.to_numpy().ravel()) == {"[c]"}
