"""What a report says of itself: where its numbers come from, and how much was hidden."""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from datetime import date, datetime

from evaluation.release.disclosure.seal import Seal, Sealed, guard


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance(Sealed):
    """Where the numbers come from: a `Run` without anything that lists single batches."""

    run: str
    cut_off: datetime
    batches: int
    code_version: str
    plan_version: int
    plan_dated: date
    plan_digest: str
    study_digest: str
    data_digest: str
    versions: tuple[tuple[str, str], ...]
    synthetic: bool
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit(Sealed):
    """How much was hidden, and how near a reader can come to anything secret.

    A report and its manifest say `hidden` and `kept` alone. How many are small themselves, and how
    narrow the closest interval is, would say of the cells that are hidden which of them are small.

    `narrowest`: the width, in children, of the closest interval that can be worked out about a
    secret count; None where no count is secret. `kept`: share of the counts' information that is
    shown, by importance. `earlier`: reports that this one was judged together with;
    `told_before`: secrets that those tell by themselves, so that it is too late to hide them.
    """

    cells: int
    primary: int
    secondary: int
    narrowest: int | None
    kept: float
    earlier: int
    told_before: int
    minimum_cell: int
    round_counts_to: int
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)

    @property
    def hidden(self) -> int:
        return self.primary + self.secondary
