"""The gate in: a delivered file, and what becomes of it.

One bad row never sinks a batch; a structural fault does. Whatever comes in, the answer is an
`Intake`: nobody's file makes this raise.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.design import Instrument, Study
from evaluation.errors import DeliveryError
from evaluation.intake.across import AlreadyStored
from evaluation.intake.judging import Judgement, judge
from evaluation.intake.opened import Opened, Sender, open_delivery
from evaluation.intake.patterns.asked import Elsewhere, nothing_elsewhere
from evaluation.intake.places import Places, find_places
from evaluation.records.batches import Card, Status, Tally, batch_id
from evaluation.records.findings import Effect, Finding, Severity
from evaluation.records.responses import kept_as_key, responses_schema
from evaluation.records.verdicts import Verdict

DECLARED, ELIGIBLE, APPROACHED = "forms_declared", "forms_eligible", "forms_approached"
"""The batch fields with the control total and the participant flow, where a study has them."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one delivered file.

    `batch` is its id, by what the file was recognised to be. `accepted` follows
    `responses_schema(instrument, restricted=True)` and is empty where the batch is refused.
    `instrument` is "" and `version` 0 where no questionnaire was recognised.
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


def check(
    content: bytes,
    *,
    study: Study,
    instrument: str | None,
    region: str | None,
    wave: int | None,
    declared: Card,
    expectations: Path,
    already_stored: AlreadyStored,
    elsewhere: Elsewhere = nothing_elsewhere,
) -> Intake:
    """`instrument`, `region`, `wave` and `declared` are what the sender says; None: ask the file.

    A region may be said by code, name or alias. `already_stored` is asked for respondents and a
    wave, and answers with those that another live batch holds; `elsewhere` for what other live
    batches, of any wave, say of them.
    """
    sender = Sender(instrument, region, wave, declared)
    try:
        opened = open_delivery(content, study, sender)
    except DeliveryError as refusal:
        return _unopened(content, study, sender, refusal)
    places = find_places(opened, study, sender)
    judgement = judge(opened, places, study, expectations, already_stored, elsewhere)
    found = (*opened.findings, *places.findings, *_totals(opened), *judgement.findings)
    return _intake(content, opened, places, judgement, _in_order(found))


def identify(content: bytes, *, study: Study, sender: Sender) -> Identified:
    """What a file is, without judging its answers. Raises `DeliveryError` where it is nothing."""
    opened = open_delivery(content, study, sender)
    places = find_places(opened, study, sender)
    return Identified(opened.instrument.id, places.region, places.wave, opened.source)


def _totals(opened: Opened) -> list[Finding]:
    if not len(opened.rows):
        return [Finding("no_rows", Severity.MUST_FIX, Effect.REFUSE, sheet=opened.sheet)]
    declared = _count(opened.card, DECLARED)
    if declared is None or declared == len(opened.rows):
        return []
    values = {"declared": declared, "n": len(opened.rows)}
    return [Finding("control_total", Severity.MUST_FIX, Effect.REFUSE, values=values)]


def _intake(
    content: bytes,
    opened: Opened,
    places: Places,
    judgement: Judgement,
    findings: tuple[Finding, ...],
) -> Intake:
    instrument = opened.instrument
    batch = batch_id(content, instrument=instrument.id, region=places.region, wave=places.wave)
    kept = ~judgement.held & ~judgement.without_consent
    without = int(judgement.without_consent.sum())
    if len(kept) and not kept.any() and not without and not _refused(findings):
        nothing = Finding("no_good_row", Severity.MUST_FIX, Effect.REFUSE, sheet=opened.sheet)
        findings = (nothing, *findings)
    if _refused(findings):
        kept = np.zeros(len(kept), dtype=bool)
    accepted = int(kept.sum())
    return Intake(
        batch=batch,
        instrument=instrument.id,
        version=instrument.version,
        region=places.region,
        wave=places.wave,
        source=opened.source,
        status=_status(findings, held=len(kept) - accepted - without),
        accepted=_accepted(batch, instrument, opened, judgement, kept),
        findings=findings,
        tally=Tally(
            rows=len(kept),
            accepted=accepted,
            held=len(kept) - accepted - without,
            without_consent=without,
            declared=_count(opened.card, DECLARED),
            eligible=_count(opened.card, ELIGIBLE),
            approached=_count(opened.card, APPROACHED),
        ),
        card=opened.card,
    )


def _accepted(
    batch: str,
    instrument: Instrument,
    opened: Opened,
    judgement: Judgement,
    kept: NDArray[np.bool_],
) -> pd.DataFrame:
    rows = judgement.rows
    anonymous = instrument.identity.respondent is None
    respondents = [f"{batch[:8]}-{each}" if anonymous else each for each in rows.respondents[kept]]
    size = int(kept.sum())
    columns: dict[str, pd.Series] = {
        "batch": pd.Series([batch] * size, dtype="str"),
        "source_row": pd.Series(opened.rows[kept], dtype="int64"),
        "respondent": pd.Series(respondents, dtype="str"),
        "region": pd.Series(rows.places.regions[kept], dtype="str"),
        "wave": pd.Series(rows.places.waves[kept], dtype="str").astype("int64"),
    }
    answers = {each.field.name: each for each in rows.answers}
    for field in instrument.row_fields:
        if field.name not in kept_as_key(instrument.identity):
            dtype = "Int16" if field.numeric else "str"
            columns[field.name] = (
                answers[field.name].series(kept, dtype)
                if field.name in answers
                else pd.Series([None] * size, dtype=dtype)
            )
    return responses_schema(instrument, restricted=True).check(pd.DataFrame(columns))


def _unopened(content: bytes, study: Study, sender: Sender, refusal: DeliveryError) -> Intake:
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
        findings=(finding,),
        tally=Tally(),
        card=sender.card,
    )


def _count(card: Card, name: str) -> int | None:
    said = card.get(name)
    return int(said) if said is not None else None


def _refused(findings: tuple[Finding, ...]) -> bool:
    return any(finding.effect is Effect.REFUSE for finding in findings)


def _status(findings: tuple[Finding, ...], *, held: int) -> Status:
    if _refused(findings):
        return Status.REFUSED
    if held:
        return Status.PARTLY
    if any(finding.severity is not Severity.INFORMATION for finding in findings):
        return Status.REMARKS
    return Status.ACCEPTED


def _in_order(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """As one would go through the file: what stops it first, then row by row."""
    return tuple(
        sorted(
            findings,
            key=lambda f: (f.effect is not Effect.REFUSE, f.sheet or 0, f.row or 0, f.rule),
        )
    )
