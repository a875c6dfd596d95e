"""A batch that waits in the quarantine → judged, and everything of it written in one transaction.

Killed at any moment, the batch still waits or is done; there is nothing in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd

from evaluation.design import Instrument, Study
from evaluation.intake.approvals import is_due
from evaluation.intake.deliveries import Vault
from evaluation.intake.gate import check
from evaluation.intake.knowledge import knowledge
from evaluation.intake.lateness import marked_late
from evaluation.intake.memory import past_of, remember
from evaluation.intake.outcomes import Intake
from evaluation.intake.privacy.near_miss import note
from evaluation.records.batches import LIVE, UNDECIDED, Batch, Status
from evaluation.records.submissions import Earlier
from evaluation.settings import Settings
from evaluation.store.batches import batches_with, get_batch, load_card, move_batch
from evaluation.store.engine import reading, writing
from evaluation.store.findings import add_findings
from evaluation.store.history import answers_elsewhere
from evaluation.store.instrument_tables import ensure_instrument
from evaluation.store.responses import add_responses, known_respondents
from evaluation.store.submissions import add_submissions, earlier_submissions, replace_rows
from evaluation.store.withdrawals import withdrawn

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

ACTOR = "ingest"


def due_batches(conn: Connection, study: Study) -> list[str]:
    """Those to be judged: the new ones, then those that waited and need not wait any longer."""
    waited = (batch for batch in batches_with(conn, Status.WAITING) if is_due(batch, study))
    return [batch.id for batch in (*batches_with(conn, Status.RECEIVED), *waited)]


def admit(engine: Engine, settings: Settings, study: Study, *, batch: str, now: datetime) -> str:
    """The status the batch came to. A batch that was judged before keeps what it came to."""
    with reading(engine) as conn:
        waiting = get_batch(conn, batch)
    if waiting.status not in UNDECIDED:
        return str(waiting.status)
    vault = Vault(settings.deliveries, settings.key_file)
    content = vault.get(waiting.id)
    status = None
    while status is None:
        intake = judged(engine, settings, study, content, waiting, now=now)
        with writing(engine) as conn:
            status = _write(conn, study, waiting, intake, now)
            if status in LIVE:
                remember(conn, vault, waiting, intake, now=now, actor=ACTOR)
    if status in LIVE:
        vault.keep(waiting.id)
    return str(status)


def judged(
    engine: Engine, settings: Settings, study: Study, content: bytes, batch: Batch, *, now: datetime
) -> Intake:
    """What the gate says of it, knowing what other batches have stored already."""
    with reading(engine) as conn:
        card = load_card(conn, batch.id)

    def already_stored(respondents: Sequence[str], wave: int) -> frozenset[str]:
        instrument = study.instruments[batch.instrument]
        with reading(engine) as conn:
            return known_respondents(
                conn, instrument, respondents, wave, but_batch=batch.supersedes
            )

    def earlier(keys: Sequence[str]) -> Earlier:
        instrument = study.instruments[batch.instrument]
        with reading(engine) as conn:
            return earlier_submissions(conn, instrument, keys, but_batch=batch.supersedes)

    def elsewhere(respondents: Sequence[str], fields: Sequence[str]) -> pd.DataFrame:
        instrument = study.instruments[batch.instrument]
        with reading(engine) as conn:
            return answers_elsewhere(
                conn, instrument, respondents, fields, but_batch=batch.supersedes
            )

    intake = check(
        content,
        study=study,
        instrument=batch.instrument or None,
        region=batch.region or None,
        wave=batch.wave,
        declared=card,
        expectations=settings.expectations,
        already_stored=already_stored,
        known=knowledge(engine, now=now),
        earlier=earlier,
        elsewhere=elsewhere,
        past=past_of(engine, Vault(settings.deliveries, settings.key_file), study, batch),
    )
    return marked_late(intake, study, batch.received_at)


def _write(
    conn: Connection, study: Study, batch: Batch, intake: Intake, now: datetime
) -> Status | None:
    """None, and nothing written, where another batch has brought one of these children since,
    or one of them has withdrawn."""
    current = get_batch(conn, batch.id)
    if current.status not in UNDECIDED or current.status is intake.status:
        return current.status  # another worker was faster, or it waits as before
    if intake.status in LIVE:
        instrument = study.instruments[intake.instrument]
        gone = withdrawn(conn, now) & frozenset(intake.accepted.respondent)
        if gone or _overtaken(conn, instrument, intake, batch):
            return None
        ensure_instrument(conn, instrument, at=now, actor=ACTOR)
        rows = intake.accepted.assign(batch=pd.Series(batch.id, intake.accepted.index, dtype="str"))
        add_responses(conn, instrument, current, rows)
        add_submissions(conn, current, intake.submissions)
        replace_rows(conn, current, intake.replaced, at=now, actor=ACTOR)
    add_findings(conn, current, intake.findings)
    note(conn, study, current.id, intake.findings, now=now, actor=ACTOR)
    # Of a batch that waits nothing is counted, and its card stays what its sender said.
    waits = intake.status is Status.WAITING
    tally, card = (None, None) if waits else (intake.tally, intake.card)
    move_batch(conn, current, intake.status, at=now, actor=ACTOR, tally=tally, card=card)
    return intake.status


def _overtaken(conn: Connection, instrument: Instrument, intake: Intake, batch: Batch) -> bool:
    keys = [each.key for each in intake.submissions]
    brought = earlier_submissions(conn, instrument, keys, but_batch=batch.supersedes).submissions
    if {(each.batch, each.source_row) for each in brought} - set(intake.replaced):
        return True
    rows = intake.accepted
    return any(
        known_respondents(
            conn,
            instrument,
            frozenset(rows.respondent[rows.wave == wave]),
            int(wave),
            but_batch=batch.supersedes,
            but_rows=intake.replaced,
        )
        for wave in rows.wave.unique()
    )
