"""A family takes its consent back: the child's answers leave the store, and none come in again.

Also the locked originals of the batches that brought them: with the key, a copy would still be the
child's answers. What waits in the quarantine is judged without the child, and goes with its term.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from evaluation.intake.deliveries import Vault
from evaluation.settings import Settings
from evaluation.store.codes import known_codes
from evaluation.store.engine import writing
from evaluation.store.erasure import erase_answers, overwrite
from evaluation.store.events import record
from evaluation.store.withdrawals import withdraw

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Counts, no codes. `unknown`: never given out nor brought, which may be a slip of the pen;
    `before`: had withdrawn already. `originals`: locked files that are deleted."""

    children: int
    before: int
    unknown: int
    rows: int
    originals: int


def withdraw_children(
    engine: Engine, settings: Settings, codes: Sequence[str], *, now: datetime, actor: str
) -> Withdrawn:
    """Everything or nothing in the store; the files go first, so that a second try finds the rest.

    Raises nothing for a code that nobody knows: it is kept for files that are still to come.
    """
    wanted = tuple(dict.fromkeys(codes))
    vault = Vault(settings.deliveries, settings.key_file)
    with writing(engine) as conn:
        unknown = frozenset(wanted) - known_codes(conn, wanted)
        new = [code for code in wanted if withdraw(conn, code, at=now, actor=actor)]
        rows = erase_answers(conn, wanted)
        originals = [batch for batch in sorted(rows) if vault.delete(batch)]
        for batch in originals:
            record(conn, kind="original.deleted", at=now, actor=actor, batch=batch)
    overwrite(engine)
    return Withdrawn(
        children=len(wanted),
        before=len(wanted) - len(new),
        unknown=len(unknown & frozenset(new)),
        rows=sum(rows.values()),
        originals=len(originals),
    )
