"""What the store and the locked originals remember, brought to the gate as one `Past`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluation.design import Study
from evaluation.errors import DeliveryError
from evaluation.intake.deliveries import Vault
from evaluation.intake.opened import Opened, Sender, open_delivery
from evaluation.intake.outcomes import Intake
from evaluation.intake.past import Past
from evaluation.records.batches import Batch
from evaluation.store.batches import get_batch, load_card
from evaluation.store.engine import reading
from evaluation.store.explanations import add_explanations, explained_seals
from evaluation.store.findings import load_findings

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Engine


def past_of(engine: Engine, vault: Vault, study: Study, batch: Batch) -> Past:
    """For a batch that is about to be judged."""
    with reading(engine) as conn:
        seals = explained_seals(conn)
        before = get_batch(conn, batch.supersedes) if batch.supersedes else None
        findings = load_findings(conn, before.id) if before else ()
        sender = sender_of(conn, before) if before else Sender()

    def explained(subject: str) -> bool:
        return bool(seals) and not seals.isdisjoint(vault.seals(subject))

    return Past(
        corrects=before is not None,
        opened=_opened(vault, study, before.id, sender) if before else None,
        findings=findings,
        explained=explained,
    )


def sender_of(conn: Connection, batch: Batch) -> Sender:
    """What was said of a batch when it was sent, as far as it is remembered."""
    return Sender(
        batch.instrument or None, batch.region or None, batch.wave, load_card(conn, batch.id)
    )


def remember(
    conn: Connection, vault: Vault, batch: Batch, intake: Intake, *, now: datetime, actor: str
) -> None:
    sealed = [(each, vault.seals(each.subject)[0]) for each in intake.explanations]
    add_explanations(conn, batch, sealed, at=now, actor=actor)


def _opened(vault: Vault, study: Study, batch: str, sender: Sender) -> Opened | None:
    try:
        return open_delivery(vault.get(batch), study, sender)
    except DeliveryError:
        return None  # deleted after its term, or never a table
