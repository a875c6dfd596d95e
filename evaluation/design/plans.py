"""plan.yaml → `Plan`, with the hash that the report prints."""

from __future__ import annotations

import hashlib
from pathlib import Path

from evaluation.design.questionnaires import Scale
from evaluation.design.reading import Node, read_yaml
from evaluation.design.study import Covariate, Outcome, Plan

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
ADJUSTMENTS = ("holm", "fdr_bh", "none")
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
