"""What may be said about one outcome: supported, suggestive, no evidence, or not estimable.

Supported asks for everything at once: both tests under α (the headline's p after multiplicity,
and the wild cluster bootstrap's), the ANCOVA and the change score of one sign, and no single
region whose removal turns the sign. Where some test is under α but not all of this holds, it is
suggestive, and the reasons say what is missing. The limits are the plan's (statistics.md A.3, D.8).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evaluation.design import Plan


class Word(StrEnum):
    SUPPORTED = "supported"
    SUGGESTIVE = "suggestive"
    NO_EVIDENCE = "no_evidence"
    NOT_ESTIMABLE = "not_estimable"


@dataclass(frozen=True, slots=True)
class Rules:
    """The plan's limits. Defaults are for a table that comes without a plan: Tipton's rule for
    degrees of freedom as measured in statistics.md A.10, and What Works Clearinghouse's for the
    baseline."""

    alpha: float = 0.05
    regions_per_arm: float = 3
    dof_refuse: float = 2.5
    dof_low: float = 4.0
    gap_refuse: float = 0.25


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a verdict rests on; None where it could not be had, which counts against support.

    `p_adjusted` is the headline's p within its family, `bootstrap_p` WCR11's inclusive p;
    `without_each` the estimates with each region left out; `attrition` whether it is red;
    `refused` the reason for which there is no estimate at all.
    """

    value: float | None = None
    p_value: float | None = None
    p_adjusted: float | None = None
    bootstrap_p: float | None = None
    change_score: float | None = None
    without_each: tuple[float, ...] = ()
    dof: float | None = None
    regions_pilot: int = 0
    regions_comparison: int = 0
    baseline_gap: float | None = None
    attrition: bool = False
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reasons` are rule ids: what forbids an estimate (messages `reason.<rule>`), or what is
    missing to be supported (messages `caution.<rule>`). `cautions` hold whatever the word is."""

    word: Word
    reasons: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()


def rules_of(plan: Plan) -> Rules:
    limits = plan.thresholds
    return Rules(
        alpha=plan.alpha,
        regions_per_arm=limits["regions_per_arm"],
        dof_refuse=limits["dof_refuse"],
        dof_low=limits["dof_low"],
        gap_refuse=limits["gap_refuse"],
    )


def verdict(grounds: Grounds, rules: Rules) -> Verdict:
    if forbidden := _forbidden(grounds, rules):
        return Verdict(Word.NOT_ESTIMABLE, forbidden)
    low = grounds.dof is not None and grounds.dof < rules.dof_low
    cautions = ("low_precision",) if low else ()
    missing = _missing(grounds, rules)
    if not missing:
        return Verdict(Word.SUPPORTED, (), cautions)
    tests = (grounds.p_value, grounds.p_adjusted, grounds.bootstrap_p)
    word = Word.SUGGESTIVE if any(_under(p, rules) for p in tests) else Word.NO_EVIDENCE
    return Verdict(word, missing, cautions)


def _forbidden(grounds: Grounds, rules: Rules) -> tuple[str, ...]:
    if grounds.refused is not None:
        return (grounds.refused,)
    few = min(grounds.regions_pilot, grounds.regions_comparison) < rules.regions_per_arm
    gap = grounds.baseline_gap
    found = {
        "not_estimated": grounds.value is None,
        "regions_per_arm": few,
        "dof": grounds.dof is None or grounds.dof < rules.dof_refuse,
        "baseline_gap": gap is not None and abs(gap) > rules.gap_refuse,
        "attrition": grounds.attrition,
    }
    return tuple(rule for rule, applies in found.items() if applies)


def _missing(grounds: Grounds, rules: Rules) -> tuple[str, ...]:
    others = grounds.without_each
    found = {
        "adjusted_p": not _under(grounds.p_adjusted, rules),
        "bootstrap_p": not _under(grounds.bootstrap_p, rules),
        "change_score_sign": not _same_sign(grounds.value, grounds.change_score),
        "leave_one_out_sign": not others
        or not all(_same_sign(grounds.value, other) for other in others),
    }
    return tuple(rule for rule, applies in found.items() if applies)


def _under(p: float | None, rules: Rules) -> bool:
    return p is not None and p < rules.alpha


def _same_sign(value: float | None, other: float | None) -> bool:
    """Zero has no sign to share."""
    return value is not None and other is not None and value * other > 0
