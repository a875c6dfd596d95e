"""plan.yaml → `Plan`, with the hash that the report prints."""

from __future__ import annotations

import hashlib
from pathlib import Path

from evaluation.design.challenges import read_challenges
from evaluation.design.questionnaires import Scale
from evaluation.design.reading import Node, read_yaml
from evaluation.design.study import Covariate, Outcome, Plan, Resampling, VerdictRules

THRESHOLDS = (
    "regions_per_arm",
    "children_per_arm",
    "dof_refuse",
    "dof_low",
    "gap_adjust",
    "gap_refuse",
    "attrition_overall",
    "attrition_differential",
)
ADJUSTMENTS = (
    "holm",
    "hochberg",
    "hommel",
    "bonferroni",
    "sidak",
    "fdr_bh",
    "fdr_by",
    "none",
)
TESTS = ("headline_p", "adjusted_p", "bootstrap_p", "permutation_p")
VERDICTS = {
    "not_estimable": ("regions_per_arm", "dof", "baseline_gap", "attrition"),
    "supported": (*TESTS, "change_score_sign", "leave_one_out_sign"),
    "suggestive": TESTS,
}
"""The rules that each word can be made of: evaluation/analysis/verdict.py knows what they ask."""

DRAWS = (999, 999_999)  # fewer, and chance moves p by a percentage point at .05
SEEDS = (0, 2**32 - 1)

PLAN_KEYS = (
    "version",
    "dated",
    "instrument",
    "baseline_wave",
    "endline_wave",
    "estimand",
    "outcomes",
    "covariates",
    "families",
    "alpha",
    "power",
    "thresholds",
    "verdict",
    "resampling",
    "challenges",
)


def read_plan(root: Path, languages: tuple[str, ...], scales: dict[str, Scale]) -> Plan | None:
    path = root / "plan.yaml"
    if not path.exists():
        return None
    node = read_yaml(path, root)
    node.entries(*PLAN_KEYS)
    families = _families(node.at("families"))
    return Plan(
        version=node.at("version").integer(),
        dated=node.at("dated").day(),
        instrument=node.at("instrument").text(),
        baseline_wave=node.at("baseline_wave").integer(),
        endline_wave=node.at("endline_wave").integer(),
        estimand=node.at("estimand").texts(languages),
        outcomes=tuple(_outcome(o, scales, families) for o in node.at("outcomes").each()),
        covariates=_covariates(node.at("covariates")),
        families=families,
        alpha=_share(node.at("alpha")),
        power=_share(node.at("power")),
        thresholds=_thresholds(node.at("thresholds")),
        digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        verdict=_verdict(node.at("verdict")),
        resampling=_resampling(node.at("resampling")),
        challenges=read_challenges(node.at("challenges")),
        text=path.read_bytes().decode("utf-8"),
    )


def _outcome(node: Node, scales: dict[str, Scale], families: dict[str, str]) -> Outcome:
    node.entries("id", "scale", "family", "estimator")
    if node.at("scale").text() not in scales:
        raise node.at("scale").fail(
            "unknown_reference", name=node.at("scale").text(), known=", ".join(scales)
        )
    if node.at("family").text() not in families:
        raise node.at("family").fail(
            "unknown_reference", name=node.at("family").text(), known=", ".join(families)
        )
    return Outcome(
        id=node.at("id").text(),
        scale=node.at("scale").text(),
        family=node.at("family").text(),
        estimator=node.at("estimator").text(),
    )


def _covariates(node: Node) -> tuple[Covariate, ...]:
    if node.value is None:
        return ()
    covariates = []
    for each in node.each():
        each.entries("name", "field", "equals")
        equals = each.at("equals").text() if each.has("equals") else None
        covariates.append(Covariate(each.at("name").text(), each.at("field").text(), equals))
    return tuple(covariates)


def _families(node: Node) -> dict[str, str]:
    families = {}
    for name in node.entries():
        method = node.at(name).text()
        if method not in ADJUSTMENTS:
            raise node.at(name).fail("not_one_of", known=", ".join(ADJUSTMENTS))
        families[name] = method
    return families


def _share(node: Node) -> float:
    if not 0 < node.number() < 1:
        raise node.fail("not_between", low=0, high=1)
    return node.number()


def _thresholds(node: Node) -> dict[str, float]:
    node.entries(*THRESHOLDS)
    return {name: node.at(name).number() for name in THRESHOLDS}


def _verdict(node: Node) -> VerdictRules:
    """A plan that says nothing of verdicts gets those of statistics.md D.8; one that does, all."""
    if node.value is None:
        return VerdictRules()
    node.entries(*VERDICTS)
    return VerdictRules(**{word: _rules(node.at(word), VERDICTS[word]) for word in VERDICTS})


def _rules(node: Node, known: tuple[str, ...]) -> tuple[str, ...]:
    rules = tuple(node.each())
    for rule in rules:
        if rule.text() not in known:
            raise rule.fail("not_one_of", known=", ".join(known))
    if not rules:
        raise node.fail("missing_key")
    return tuple(rule.text() for rule in rules)


def _resampling(node: Node) -> Resampling:
    if node.value is None:
        return Resampling()
    node.entries("draws", "seed", "by_site")
    return Resampling(
        draws=_within(node.at("draws"), DRAWS),
        seed=_within(node.at("seed"), SEEDS),
        by_site=node.at("by_site").yes(),
    )


def _within(node: Node, ends: tuple[int, int]) -> int:
    low, high = ends
    if not low <= node.integer() <= high:
        raise node.fail("not_between", low=low, high=high)
    return node.integer()
