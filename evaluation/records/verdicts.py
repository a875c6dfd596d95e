"""What became of one batch, as its sender is told: status, counts, findings."""

from __future__ import annotations

from dataclasses import dataclass

from evaluation.records.batches import Status, Tally
from evaluation.records.findings import Finding


@dataclass(frozen=True, slots=True)
class Verdict:
    """`instrument` is "" where no questionnaire was recognised; `replaces` is the batch that this
    one was sent to correct, "" where there is none."""

    batch: str
    instrument: str
    status: Status
    tally: Tally
    findings: tuple[Finding, ...]
    replaces: str = ""
