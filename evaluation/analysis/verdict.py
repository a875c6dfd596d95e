"""What may be said about one outcome: supported, suggestive, no evidence, or not estimable.

The plan says which rules each word is made of, and with which limits; this file says what each
rule asks. As shipped, supported asks for everything at once: both tests under α (the headline's p
after multiplicity, and the wild cluster bootstrap's), the ANCOVA and the change score of one
sign, and no single region whose removal turns the sign. Where some test is under α but not all of
this holds, it is suggestive, and the reasons say what is missing (statistics.md A.3, D.8).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from evaluation.design import Plan, VerdictRules
from evaluation.records.opinions import Word

AS_SHIPPED = VerdictRules()


@dataclass(frozen=True, slots=True)
class Rules:
    """The plan's limits. Defaults are for a table that comes without a plan: Tipton's rule for
    degrees of freedom as measured in statistics.md A.10, and What Works Clearinghouse's for the
    baseline."""

    alpha: float = 0.05
    regions_per_arm: float = 3
    dof_refuse: float = 2.5
    dof_low: float = 4.0
    gap_adjust: float = 0.05
    gap_refuse: float = 0.25
    words: VerdictRules = AS_SHIPPED


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a verdict rests on; None where it could not be had, which counts against support.

    `p_adjusted` is the headline's p within its family, `bootstrap_p` WCR11's inclusive p;
    `other_value` the change score's estimate, or the ANCOVA's where the change score is the
    headline; `keeps_sign` whether no single region's removal turns the sign; `attrition`
    whether it is red; `refused` the reason for which there is no estimate at all.
    """

    value: float | None = None
    p_value: float | None = None
    p_adjusted: float | None = None
    bootstrap_p: float | None = None
    permutation_p: float | None = None
    other_value: float | None = None
    keeps_sign: bool | None = None
    dof: float | None = None
    regions_pilot: int = 0
    regions_comparison: int = 0
    baseline_gap: float | None = None
    attrition: bool = False
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reasons` are rule ids: what forbids an estimate (messages `reason.<rule>`), or what is
    missing to be supported (messages `caution.<rule>`)."""

    word: Word
    reasons: tuple[str, ...] = ()


Rule = Callable[[Grounds, Rules], bool]

FORBIDS: Mapping[str, Rule] = {
    "regions_per_arm": lambda grounds, rules: (
        min(grounds.regions_pilot, grounds.regions_comparison) < rules.regions_per_arm
    ),
    "dof": lambda grounds, rules: grounds.dof is None or grounds.dof < rules.dof_refuse,
    "baseline_gap": lambda grounds, rules: (
        grounds.baseline_gap is not None and abs(grounds.baseline_gap) > rules.gap_refuse
    ),
    "attrition": lambda grounds, rules: grounds.attrition,
}

HOLDS: Mapping[str, Rule] = {
    "headline_p": lambda grounds, rules: _under(grounds.p_value, rules),
    "adjusted_p": lambda grounds, rules: _under(grounds.p_adjusted, rules),
    "bootstrap_p": lambda grounds, rules: _under(grounds.bootstrap_p, rules),
    "permutation_p": lambda grounds, rules: _under(grounds.permutation_p, rules),
    "change_score_sign": lambda grounds, rules: _same_sign(grounds.value, grounds.other_value),
    "leave_one_out_sign": lambda grounds, rules: grounds.keeps_sign is True,
}


def rules_of(plan: Plan) -> Rules:
    limits = plan.thresholds
    return Rules(
        alpha=plan.alpha,
        regions_per_arm=limits["regions_per_arm"],
        dof_refuse=limits["dof_refuse"],
        dof_low=limits["dof_low"],
        gap_adjust=limits["gap_adjust"],
        gap_refuse=limits["gap_refuse"],
        words=plan.verdict,
    )


def verdict(grounds: Grounds, rules: Rules) -> Verdict:
    words = rules.words
    if forbidden := _forbidden(grounds, rules):
        return Verdict(Word.NOT_ESTIMABLE, forbidden)
    missing = tuple(rule for rule in words.supported if not HOLDS[rule](grounds, rules))
    if not missing:
        return Verdict(Word.SUPPORTED)
    some = any(HOLDS[rule](grounds, rules) for rule in words.suggestive)
    return Verdict(Word.SUGGESTIVE if some else Word.NO_EVIDENCE, missing)


def _forbidden(grounds: Grounds, rules: Rules) -> tuple[str, ...]:
    if grounds.refused is not None:
        return (grounds.refused,)
    if grounds.value is None:
        return ("not_estimated",)
    return tuple(rule for rule in rules.words.not_estimable if FORBIDS[rule](grounds, rules))


def _under(p: float | None, rules: Rules) -> bool:
    return p is not None and p < rules.alpha


def _same_sign(value: float | None, other: float | None) -> bool:
    """Zero has no sign to share."""
    return value is not None and other is not None and value * other > 0
