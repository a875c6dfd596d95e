"""The gate in: a delivered file, and what becomes of it.

One bad row never sinks a batch; a structural fault does. Whatever comes in, the answer is an
`Intake`: nobody's file makes this raise.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.design import Study
from evaluation.errors import DeliveryError
from evaluation.intake.across import AlreadyStored
from evaluation.intake.approvals import find_unapproved
from evaluation.intake.editions import EarlierAsked, none_earlier
from evaluation.intake.explanations import settle
from evaluation.intake.frames import response_frame
from evaluation.intake.judging import Judgement, judge
from evaluation.intake.known import NOTHING, Known, RememberedColumns
from evaluation.intake.opened import Opened, Sender, open_delivery
from evaluation.intake.outcomes import Identified, Intake, unopened
from evaluation.intake.past import NO_PAST, Past
from evaluation.intake.patterns.asked import Elsewhere, nothing_elsewhere
from evaluation.intake.places import Places, find_places
from evaluation.intake.privacy.looking import look_at_name, look_through_unopened
from evaluation.records.batches import Card, Status, Tally, batch_id
from evaluation.records.findings import Effect, Finding, Severity
from evaluation.records.submissions import Submission

DECLARED, ELIGIBLE, APPROACHED = "forms_declared", "forms_eligible", "forms_approached"
"""The batch fields with the control total and the participant flow, where a study has them."""


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
    known: Known = NOTHING,
    earlier: EarlierAsked = none_earlier,
    elsewhere: Elsewhere = nothing_elsewhere,
    past: Past = NO_PAST,
    name: str | None = None,
) -> Intake:
    """`instrument`, `region`, `wave` and `declared` are what the sender says; None: ask the file.

    A region may be said by code, name or alias. `already_stored` is asked for respondents and a
    wave, and answers with those that another live batch holds; `earlier` for submissions;
    `elsewhere` for what other live batches, of any wave, say of them. `past` is what is remembered
    of this batch. `name` is what the sender calls the file: looked at for personal data, and kept
    nowhere.
    """
    sender = Sender(instrument, region, wave, declared)
    try:
        opened = open_delivery(content, study, sender, known.columns)
    except DeliveryError as refusal:
        seen = (*look_through_unopened(content, study), *look_at_name(name, study))
        return unopened(content, study, sender, refusal, seen)
    places = find_places(opened, study, sender)
    judgement = judge(
        opened, places, study, expectations, already_stored, earlier, elsewhere, known
    )
    unapproved = find_unapproved(places, study)
    found = (*opened.findings, *places.findings, *unapproved, *_totals(opened), *judgement.findings)
    settled = settle(opened, places, (*found, *look_at_name(name, study)), past)
    intake = _intake(content, opened, places, judgement, _in_order(settled.findings))
    return replace(intake, explanations=settled.explanations)


def identify(
    content: bytes, *, study: Study, sender: Sender, columns: RememberedColumns = NOTHING.columns
) -> Identified:
    """What a file is, without judging its answers. Raises `DeliveryError` where it is nothing."""
    opened = open_delivery(content, study, sender, columns)
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
    kept = ~judgement.held & ~judgement.without_consent & ~judgement.editions.set_aside
    passed_over = judgement.without_consent | judgement.editions.set_aside
    if len(kept) and not (kept.any() or passed_over.any() or _refused(findings)):
        nothing = Finding("no_good_row", Severity.MUST_FIX, Effect.REFUSE, sheet=opened.sheet)
        findings = (nothing, *findings)
    if _refused(findings):
        kept = np.zeros(len(kept), dtype=bool)
    tally = _tally(opened, judgement, kept)
    return Intake(
        batch=batch,
        instrument=instrument.id,
        version=instrument.version,
        region=places.region,
        wave=places.wave,
        source=opened.source,
        status=_status(findings, held=tally.held),
        accepted=response_frame(batch, opened, judgement.rows, kept),
        findings=findings,
        tally=tally,
        card=opened.card,
        submissions=_submissions(opened, kept),
        replaced=() if _refused(findings) else judgement.editions.replaced,
    )


def _tally(opened: Opened, judgement: Judgement, kept: NDArray[np.bool_]) -> Tally:
    accepted, without = int(kept.sum()), int(judgement.without_consent.sum())
    set_aside = int(judgement.editions.set_aside.sum())
    return Tally(
        rows=len(kept),
        accepted=accepted,
        held=len(kept) - accepted - without - set_aside,
        without_consent=without,
        declared=_count(opened.card, DECLARED),
        eligible=_count(opened.card, ELIGIBLE),
        approached=_count(opened.card, APPROACHED),
        set_aside=set_aside,
    )


def _submissions(opened: Opened, kept: NDArray[np.bool_]) -> tuple[Submission, ...]:
    numbered = kept & (opened.identities.keys != "")
    told = zip(
        opened.rows[numbered].tolist(),
        opened.identities.keys[numbered],
        opened.identities.editions[numbered],
        strict=True,
    )
    return tuple(Submission(row, key, edition) for row, key, edition in told)


def _count(card: Card, name: str) -> int | None:
    said = card.get(name)
    return int(said) if said is not None else None


def _refused(findings: tuple[Finding, ...]) -> bool:
    return any(finding.effect is Effect.REFUSE for finding in findings)


def _status(findings: tuple[Finding, ...], *, held: int) -> Status:
    if _refused(findings):
        return Status.REFUSED
    if any(finding.effect is Effect.WAIT for finding in findings):
        return Status.WAITING
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
