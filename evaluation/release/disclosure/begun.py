"""Shares of the children of a step, over the number that the participant flow shows of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.design import Disclosure
from evaluation.release.disclosure.cells import Cell, Mark
from evaluation.release.disclosure.ledger import EarlierReport
from evaluation.release.disclosure.released import ReleasedFlow, Step
from evaluation.release.disclosure.rounding import round_count, share


@dataclass(frozen=True, slots=True)
class Begun:
    """The flow as it leaves, and what left before."""

    flow: ReleasedFlow
    rules: Disclosure
    baseline_wave: int
    earlier: Sequence[EarlierReport]

    def step(self, wave: int) -> Step:
        return Step.BASELINE if wave == self.baseline_wave else Step.ENDLINE

    def share(self, part: int, step: Step, arm: str) -> Cell:
        """[c] where the flow does not show them: a share would tell how many they are."""
        whole = next((own.cell(step) for own in self.flow.arms if own.arm == arm), None)
        if whole is None or isinstance(whole, Mark):
            return Mark.CONFIDENTIAL
        return share(round_count(part, self.rules.round_counts_to), int(whole.value))

    def told_before(self, kind: str, key: tuple[str, ...], now: int, step: Step, arm: str) -> bool:
        """Whether an earlier report has a share of nearly the same children."""
        prefix = "/".join(("measure", kind, *key, ""))
        for then in self.earlier:
            shown = any(k.startswith(prefix) and t[0] != "[" for k, t in then.cells.items())
            counts = [getattr(a, step) for a in then.comparison.flow.arms if a.arm == arm]
            few = (0 < abs(now - count) < self.rules.minimum_cell for count in counts)
            if shown and any(few):
                return True
        return False
