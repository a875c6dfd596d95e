"""A batch that waits in the quarantine → judged, and everything of it written in one transaction.

Killed at any moment, the batch still waits or is done; there is nothing in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd

from evaluation.design import Instrument, Study
from evaluation.intake.deliveries import Vault
from evaluation.intake.gate import Intake, check
from evaluation.intake.lateness import marked_late
from evaluation.records.batches import LIVE, Batch, Status
from evaluation.settings import Settings
from evaluation.store.batches import get_batch, load_card, move_batch
from evaluation.store.engine import reading, writing
from evaluation.store.findings import add_findings
from evaluation.store.history import answers_elsewhere
from evaluation.store.instrument_tables import ensure_instrument
from evaluation.store.responses import add_responses, known_respondents

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

ACTOR = "ingest"


def admit(engine: Engine, settings: Settings, study: Study, *, batch: str, now: datetime) -> str:
    """The status the batch came to. A batch that was judged before keeps what it came to."""
    with reading(engine) as conn:
        waiting = get_batch(conn, batch)
    if waiting.status is not Status.RECEIVED:
        return str(waiting.status)
    vault = Vault(settings.deliveries, settings.key_file)
    content = vault.get(waiting.id)
    status = None
    while status is None:
        intake = judged(engine, settings, study, content, waiting)
        with writing(engine) as conn:
            status = _write(conn, study, waiting, intake, now)
    if status in LIVE:
        vault.keep(waiting.id)
    return str(status)


def judged(
    engine: Engine, settings: Settings, study: Study, content: bytes, batch: Batch
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
        elsewhere=elsewhere,
    )
    return marked_late(intake, study, batch.received_at)


def _write(
    conn: Connection, study: Study, batch: Batch, intake: Intake, now: datetime
) -> Status | None:
    """None, and nothing written, where another batch has brought one of these children since."""
    current = get_batch(conn, batch.id)
    if current.status is not Status.RECEIVED:
        return current.status  # another worker was faster; its verdict stands
    if intake.status in LIVE:
        instrument = study.instruments[intake.instrument]
        if _overtaken(conn, instrument, intake.accepted, batch):
            return None
        ensure_instrument(conn, instrument, at=now, actor=ACTOR)
        rows = intake.accepted.assign(batch=pd.Series(batch.id, intake.accepted.index, dtype="str"))
        add_responses(conn, instrument, current, rows)
    add_findings(conn, current, intake.findings)
    move_batch(
        conn, current, intake.status, at=now, actor=ACTOR, tally=intake.tally, card=intake.card
    )
    return intake.status


def _overtaken(conn: Connection, instrument: Instrument, rows: pd.DataFrame, batch: Batch) -> bool:
    return any(
        known_respondents(
            conn,
            instrument,
            frozenset(rows.respondent[rows.wave == wave]),
            int(wave),
            but_batch=batch.supersedes,
        )
        for wave in rows.wave.unique()
    )
