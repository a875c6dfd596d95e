"""What lies in the quarantine longer than it may: deleted, and the deletion written down.

A refused file is kept for a term, so that whoever sent it can be helped, and deleted when it is
over, or as soon as a corrected file took its place or its near miss was closed (domain.md R21).
Deleted first and recorded after: stopped in between, the next sweep records it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from evaluation.design import Study
from evaluation.intake.deliveries import Vault
from evaluation.settings import Settings
from evaluation.store.batches import find_batch
from evaluation.store.engine import reading, writing
from evaluation.store.near_misses import record_deletion, undeleted_refusals

if TYPE_CHECKING:
    from sqlalchemy import Engine

ACTOR = "retention"
LEFTOVER = timedelta(hours=1)
"""No file takes as long to be written; what is older was left by a process that died."""


@dataclass(frozen=True, slots=True)
class Swept:
    """How many: refused or forgotten files, and halves that a stopped process left."""

    deliveries: int
    leftovers: int


def sweep(engine: Engine, settings: Settings, study: Study, *, now: datetime) -> Swept:
    vault = Vault(settings.deliveries, settings.key_file)
    term = timedelta(days=study.retention.refused_days)
    with reading(engine) as conn:
        refused = undeleted_refusals(conn)
    due = [each.batch for each in refused if each.resolved or each.refused_at + term <= now]
    forgotten = _forgotten(engine, vault, now - term)
    for batch in (*due, *forgotten):
        vault.delete(batch)
        with writing(engine) as conn:
            record_deletion(conn, batch, at=now, actor=ACTOR)
    return Swept(len(due) + len(forgotten), vault.delete_leftovers(now - LEFTOVER))


def _forgotten(engine: Engine, vault: Vault, before: datetime) -> list[str]:
    """Locked away before the programme was stopped, and never sent again: no batch knows them."""
    old = [batch for batch in vault.quarantined() if vault.locked_at(batch) <= before]
    with reading(engine) as conn:
        return [batch for batch in old if find_batch(conn, batch) is None]
