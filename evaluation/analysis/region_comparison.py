"""What `compare_regions` answers with: a number, everything that can be held against it, a verdict.

Frozen; printed by `summary`, tabled by `to_frame`, drawn by `plot`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import pandas as pd

from evaluation.analysis.inference.contrast import POINTS
from evaluation.language import Language
from evaluation.records.opinions import (
    Bootstrap,
    Companion,
    LeftOut,
    Leverage,
    Permutation,
    Word,
    second_test,
)
from evaluation.records.printing import WIDTH, lines_of, shown

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NUMBERS = (
    "value",
    "standard_error",
    "degrees_of_freedom",
    "low",
    "high",
    "p_value",
    "level",
    "method",
)

IN_TABLE = ("companions", "verdict_reasons", "cautions")
"""Printed in their own way, below the numbers."""


@dataclass(frozen=True, slots=True)
class RegionComparison:
    """Pilot minus comparison, in the outcome's own unit, by ANCOVA on the baseline.

    Names are those of `records.estimates.Estimate`. `left_out` counts the rows in which one of
    the columns is missing; `companions` are the other estimators' answers for the same rows.
    `wild_bootstrap` is WCR11 by region, None only where `unavailable` says why; `bootstraps`
    are all of them. `data_digest` is over the rows used, in any order.
    """

    estimator: str
    value: float
    standard_error: float
    degrees_of_freedom: float
    low: float
    high: float
    p_value: float
    level: float
    method: str
    standardised: float | None
    baseline_gap: float | None
    n_pilot: int
    n_comparison: int
    regions_pilot: int
    regions_comparison: int
    smallest_p: float
    smallest_effect: float
    left_out: int
    bootstraps: tuple[Bootstrap, ...]
    permutation: Permutation | None
    leave_one_out: LeftOut
    leverage: Leverage
    intraclass: float | None
    companions: tuple[Companion, ...]
    unavailable: tuple[tuple[str, str], ...]
    cautions: tuple[str, ...]
    verdict: Word
    verdict_reasons: tuple[str, ...]
    data_digest: str
    versions: tuple[tuple[str, str], ...]

    @property
    def wild_bootstrap(self) -> Bootstrap | None:
        return second_test(self.bootstraps)

    def summary(self, language: str = "en") -> str:
        """Every number under its own name, a line each; the companions as a table; what speaks
        against the result, in words."""
        own = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in IN_TABLE}
        beside = self.to_frame().iloc[1:].map(_dashed)
        return "\n".join(
            [
                *lines_of(own),
                "",
                beside.to_string(index=False, justify="left"),
                *self._words(language),
            ]
        )

    def to_frame(self) -> pd.DataFrame:
        """A row for every estimator, this comparison's own first.

        A companion that could not answer has a `reason` (a message `reason.<rule>`) and no
        numbers; `unit` is points of the outcome, but for the ordinal one.
        """
        own = {name: getattr(self, name) for name in NUMBERS}
        rows = [
            {"estimator": self.estimator, **own, "unit": POINTS},
            *(_row(companion, self.level) for companion in self.companions),
        ]
        return pd.DataFrame(rows, columns=["estimator", *NUMBERS, "unit", "reason"])

    def plot(self, language: str = "en") -> Figure:
        """A forest plot: this estimate and its companions in the same unit, with intervals."""
        from evaluation.analysis.forest import forest_plot

        return forest_plot(self.to_frame(), level=self.level, say=Language(language))

    def _words(self, language: str) -> list[str]:
        say = Language(language)
        family = "reason" if self.verdict is Word.NOT_ESTIMABLE else "caution"
        sentences = [
            *(f"{family}.{rule}" for rule in self.verdict_reasons),
            *(f"caution.{rule}" for rule in self.cautions if rule not in self.verdict_reasons),
        ]
        return ["", *(f"{key:<{WIDTH}} {say(key)}" for key in sentences)]


def _row(companion: Companion, level: float) -> dict[str, object]:
    if companion.reason is not None:
        return {"estimator": companion.estimator, "reason": companion.reason}
    return {
        "estimator": companion.estimator,
        "value": companion.value,
        "standard_error": companion.standard_error,
        "degrees_of_freedom": companion.dof,
        "low": companion.low,
        "high": companion.high,
        "p_value": companion.p_value,
        "level": level,
        "method": companion.method,
        "unit": companion.unit,
    }


def _dashed(value: object) -> str:
    """pandas writes what is not there as a number that is none."""
    return shown(None if value != value else value)
