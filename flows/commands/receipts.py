"""What whoever sends files is told of them: a line a file, a receipt where there is more to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine

from evaluation.design import Study
from evaluation.intake import receipt_text
from evaluation.language import Language
from evaluation.records.batches import Batch, Status, Tally, receipt
from evaluation.records.findings import Severity
from evaluation.records.verdicts import Verdict
from evaluation.store.batches import get_batch, tallies
from evaluation.store.engine import reading
from evaluation.store.findings import load_findings
from flows.commands.screen import tell


@dataclass(frozen=True, slots=True)
class Sent:
    """`name` is what its sender calls the file: said on their own screen, kept nowhere."""

    name: str
    batch: str
    new: bool


def tell_receipts(
    engine: Engine, study: Study, sent: Sequence[Sent], say: Language
) -> list[Status]:
    """A receipt for each file: what became of it and what to mend."""
    verdicts = _verdicts(engine, sent)
    for each, verdict in zip(sent, verdicts, strict=True):
        if len(sent) > 1:
            tell(f"{each.name}\n")
        tell(receipt_text(verdict, say, study.instruments.get(verdict.instrument)))
    return [verdict.status for verdict in verdicts]


def tell_summary(engine: Engine, study: Study, sent: Sequence[Sent], say: Language) -> None:
    """A line for each file, and receipts only for those with something to mend."""
    verdicts = dict(zip(sent, _verdicts(engine, sent), strict=True))
    for each, verdict in verdicts.items():
        tell(_line(each, verdict, say))
    to_mend = [each for each, verdict in verdicts.items() if _to_mend(verdict)]
    if to_mend:
        tell("\n" + say("cli.to_mend", n=len(to_mend)) + "\n")
        tell_receipts(engine, study, to_mend, say)
    tell(say("cli.check_hint"))


def _verdicts(engine: Engine, sent: Sequence[Sent]) -> list[Verdict]:
    with reading(engine) as conn:
        counts = tallies(conn, datetime.now(UTC))
        return [_verdict(conn, get_batch(conn, each.batch), counts) for each in sent]


def verdict_of(conn: Connection, batch: Batch) -> Verdict:
    """As it stands in the store; of a batch that waits, that it waits."""
    return _verdict(conn, batch, tallies(conn, datetime.now(UTC)))


def _verdict(conn: Connection, batch: Batch, counts: Mapping[str, Tally]) -> Verdict:
    return Verdict(
        batch.id,
        batch.instrument,
        batch.status,
        counts.get(batch.id, Tally()),
        load_findings(conn, batch.id),
        batch.supersedes or "",
    )


def _line(sent: Sent, verdict: Verdict, say: Language) -> str:
    return say(
        "cli.batch_line",
        name=sent.name,
        receipt=receipt(verdict.batch),
        status=say(f"status.{verdict.status}"),
        **asdict(verdict.tally),
    )


def _to_mend(verdict: Verdict) -> bool:
    return any(finding.severity is Severity.MUST_FIX for finding in verdict.findings)
