"""What the plan says of missing children, languages and imputation: `challenges:` in plan.yaml."""

from __future__ import annotations

from dataclasses import dataclass

from evaluation.design.reading import Node

KEYS = (
    "baseline_missing",
    "imputations",
    "deltas",
    "language",
    "item_alpha",
    "item_effect",
    "margin",
)
IMPUTATIONS = (50, 1_000)  # statistics.md A.7
MARGIN = 1  # SD; more would call any difference equal


@dataclass(frozen=True, slots=True)
class Languages:
    """The baseline field that holds the language of the interview, and the two compared."""

    field: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class ChallengeRules:
    """Imputed where more than `baseline_missing` of the children lack a baseline score or a
    covariate, `imputations` times. `deltas`: how far from those like them children who were lost
    may have been, in SD of the comparison arm's baseline. A question works differently where its
    test is under `item_alpha` and McFadden's R² grows by `item_effect`. `margin`: a
    difference within so many SD of the comparison arm's baseline would not matter; None: nothing
    is tested."""

    baseline_missing: float = 0.05
    imputations: int = 50
    deltas: tuple[float, ...] = (-0.5, -0.25, 0.0, 0.25, 0.5)
    languages: Languages | None = None
    item_alpha: float = 0.01
    item_effect: float = 0.02
    margin: float | None = 0.5  # smaller ones cannot be shown with eight regions (A.5)


def read_challenges(node: Node) -> ChallengeRules:
    """A plan that says nothing gets those of statistics.md; one that does, says all."""
    if node.value is None:
        return ChallengeRules()
    node.entries(*KEYS)
    tables = node.at("imputations")
    if not IMPUTATIONS[0] <= tables.integer() <= IMPUTATIONS[1]:
        raise tables.fail("not_between", low=IMPUTATIONS[0], high=IMPUTATIONS[1])
    deltas = tuple(each.number() for each in node.at("deltas").each())
    if len(deltas) < 2:
        raise node.at("deltas").fail("missing_key")
    return ChallengeRules(
        baseline_missing=_share(node.at("baseline_missing")),
        imputations=tables.integer(),
        deltas=deltas,
        languages=_languages(node.at("language")),
        item_alpha=_share(node.at("item_alpha")),
        item_effect=_share(node.at("item_effect")),
        margin=_margin(node.at("margin")),
    )


def _languages(node: Node) -> Languages | None:
    if node.value is None:
        return None
    node.entries("field", "first", "second")
    return Languages(*(node.at(key).text() for key in ("field", "first", "second")))


def _margin(node: Node) -> float | None:
    if node.value is None:
        return None
    if not 0 < node.number() <= MARGIN:
        raise node.fail("not_between", low=0, high=MARGIN)
    return node.number()


def _share(node: Node) -> float:
    if not 0 <= node.number() < 1:
        raise node.fail("not_between", low=0, high=1)
    return node.number()
