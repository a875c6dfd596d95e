"""Writing a sender's own workbook back, with every remark in its cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Engine

from evaluation.design import Study
from evaluation.errors import DeliveryError, SettingsError
from evaluation.intake import Sender, Vault
from evaluation.intake.memory import sender_of
from evaluation.intake.returned.workbook import returned_workbook
from evaluation.language import Language
from evaluation.records.batches import Batch
from evaluation.records.findings import Severity
from evaluation.records.verdicts import Verdict
from evaluation.settings import Settings
from evaluation.store.batches import get_batch
from evaluation.store.engine import reading
from flows.commands.receipts import Sent, verdict_of
from flows.commands.screen import tell, working, write_file


def require_free(path: Path | None) -> None:
    """An earlier workbook may hold an evening's corrections: it is never written over."""
    if path is not None and path.exists():
        raise SettingsError("returned_exists", name=path)


def write_returned(
    path: Path,
    content: bytes | None,
    verdict: Verdict,
    study: Study,
    sender: Sender,
    say: Language,
) -> None:
    """`content` None: what was sent is no longer kept; then only the lists are written."""
    if not verdict.findings:
        tell(say("cli.nothing_returned"))
        return
    with working(say, "cli.working.returned"):
        write_file(path, returned_workbook(content, verdict, study, sender, say))
    tell(say("cli.returned", path=path))


def write_stored(
    path: Path,
    engine: Engine,
    settings: Settings,
    study: Study,
    batch: Batch,
    verdict: Verdict,
    say: Language,
) -> None:
    """Of a batch that was taken in before."""
    with reading(engine) as conn:
        sender = sender_of(conn, batch)
    content = _kept(Vault(settings.deliveries, settings.key_file), batch)
    write_returned(path, content, verdict, study, sender, say)


def _kept(vault: Vault, batch: Batch) -> bytes | None:
    try:
        return vault.get(batch.id)
    except DeliveryError:
        return None


def return_all(
    engine: Engine,
    settings: Settings,
    study: Study,
    sent: Sequence[Sent],
    say: Language,
    *,
    folder: Path | None,
) -> None:
    """One workbook for each file with remarks, named by its receipt and never written over.

    Without `folder` nothing is written, only how to get them is said: answers of children are not
    left lying on a disk unasked.
    """
    with reading(engine) as conn:
        batches = [get_batch(conn, each.batch) for each in sent]
        verdicts = {batch.id: verdict_of(conn, batch) for batch in batches}
    for batch in batches:
        if all(f.severity is Severity.INFORMATION for f in verdicts[batch.id].findings):
            continue  # nothing to mend and nothing to look at
        if folder is None:
            tell(say("cli.returned_hint", receipt=batch.receipt))
            continue
        path = folder / f"{batch.receipt}.{say.code}.xlsx"
        if path.exists():
            tell(say("cli.returned", path=path))
        else:
            write_stored(path, engine, settings, study, batch, verdicts[batch.id], say)
