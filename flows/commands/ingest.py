"""`stories ingest`: files come in, are checked, and their good rows stored."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from evaluation.design import Study
from evaluation.errors import SettingsError
from evaluation.intake import Delivery, Sender, read_deliveries, receipt_text
from evaluation.intake.reception import Received, receive
from evaluation.language import Language
from evaluation.records.batches import Batch, Card, Status, Tally
from evaluation.records.verdicts import Verdict
from evaluation.settings import Settings
from evaluation.store.batches import get_batch, tallies
from evaluation.store.engine import open_store, reading
from evaluation.store.findings import load_findings
from flows.commands.screen import study_of, tell, working

REFUSED = 3


def add_to(app: typer.Typer, say: Language) -> None:
    @app.command(name="ingest", help=say("cli.ingest"))
    def command(
        files: Annotated[list[Path], typer.Argument(help=say("cli.option.files"))],
        region: Annotated[str | None, typer.Option(help=say("cli.option.region"))] = None,
        wave: Annotated[int | None, typer.Option(help=say("cli.option.wave"))] = None,
        dataset: Annotated[str | None, typer.Option(help=say("cli.option.dataset"))] = None,
        replaces: Annotated[str | None, typer.Option(help=say("cli.option.replaces"))] = None,
    ) -> None:
        settings = Settings.from_env()
        study = study_of(settings)
        engine = open_store(settings.database_url)
        sender = Sender(dataset, region, wave, Card())
        received = receive_all(engine, settings, study, files, sender, say, replaces=replaces)
        run_ingest(say)
        statuses = tell_batches(engine, study, [each.batch for each in received], say)
        raise typer.Exit(REFUSED if Status.REFUSED in statuses else 0)


def receive_all(
    engine: Engine,
    settings: Settings,
    study: Study,
    paths: Iterable[Path],
    sender: Sender,
    say: Language,
    *,
    replaces: str | None = None,
) -> list[Received]:
    with working(say, "cli.working.receive"):
        received = [
            receive(
                engine,
                settings,
                study,
                content=delivery.path.read_bytes(),
                sender=delivery.sender,
                now=datetime.now(UTC),
                actor="cli",
                replaces=replaces,
            )
            for delivery in deliveries(paths, sender)
        ]
    new = Counter(each.new for each in received)
    for key, n in (("cli.received", new[True]), ("cli.known", new[False])):
        if n:
            tell(say(key, n=n))
    return received


def deliveries(paths: Iterable[Path], sender: Sender) -> Iterator[Delivery]:
    for path in paths:
        if path.is_dir():
            yield from read_deliveries(path)
        elif path.is_file():
            yield Delivery(path, sender)
        else:
            raise SettingsError("file_not_found", name=path)


def run_ingest(say: Language) -> None:
    # Imported here: Prefect takes a second, and `stories check` does without it.
    from flows.ingest import ingest

    with working(say, "cli.working.ingest"):
        ingest()


def tell_batches(engine: Engine, study: Study, batches: list[Batch], say: Language) -> list[Status]:
    """A receipt for each batch: what became of it and what to mend."""
    statuses = []
    with reading(engine) as conn:
        counts = tallies(conn, datetime.now(UTC))
        for sent in batches:
            batch = get_batch(conn, sent.id)
            findings = load_findings(conn, batch.id)
            tally = counts.get(batch.id, Tally())
            verdict = Verdict(batch.id, batch.instrument, batch.status, tally, findings)
            tell(receipt_text(verdict, say, study.instruments.get(batch.instrument)))
            statuses.append(batch.status)
    return statuses
