"""What the gate in answers: an `Intake` for whatever file, or what a file was recognised to be."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from evaluation.design import Study
from evaluation.errors import DeliveryError
from evaluation.intake.opened import Sender
from evaluation.records.batches import Card, Status, Tally, batch_id
from evaluation.records.explanations import Explanation
from evaluation.records.findings import Effect, Finding, Severity
from evaluation.records.responses import responses_schema
from evaluation.records.submissions import Submission
from evaluation.records.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one delivered file.

    `batch` is its id, by what the file was recognised to be. `accepted` follows
    `responses_schema(instrument, restricted=True)` and is empty where the batch is refused.
    `instrument` is "" and `version` 0 where no questionnaire was recognised. `submissions`: of
    the accepted rows; `replaced`: rows (batch, row) of earlier batches that they are edits of.
    """

    batch: str
    instrument: str
    version: int
    region: str
    wave: int | None
    source: str
    status: Status
    accepted: pd.DataFrame
    findings: tuple[Finding, ...]
    tally: Tally
    card: Card
    submissions: tuple[Submission, ...] = ()
    replaced: tuple[tuple[str, int], ...] = ()
    explanations: tuple[Explanation, ...] = ()

    @property
    def verdict(self) -> Verdict:
        return Verdict(self.batch, self.instrument, self.status, self.tally, self.findings)


@dataclass(frozen=True, slots=True)
class Identified:
    """What a file was recognised to be. `region` "" and `wave` None: rows differ."""

    instrument: str
    region: str
    wave: int | None
    source: str


def unopened(
    content: bytes,
    study: Study,
    sender: Sender,
    refusal: DeliveryError,
    seen: tuple[Finding, ...],
) -> Intake:
    known = study.instruments.get(sender.instrument or "")
    finding = Finding(
        refusal.rule,
        Severity.MUST_FIX,
        Effect.REFUSE,
        values={
            name: value for name, value in refusal.values.items() if isinstance(value, int | str)
        },
    )
    name, region = known.id if known else "", sender.region or ""
    return Intake(
        batch=batch_id(content, instrument=name, region=region, wave=sender.wave),
        instrument=name,
        version=known.version if known else 0,
        region=region,
        wave=sender.wave,
        source="",
        status=Status.REFUSED,
        accepted=responses_schema(known, restricted=True).empty() if known else pd.DataFrame(),
        findings=(finding, *seen),
        tally=Tally(),
        card=sender.card,
    )
