"""`stories ingest`: files come in, are checked, and their good rows stored."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from evaluation.design import Study
from evaluation.errors import DeliveryError, EvaluationError, SettingsError
from evaluation.intake import Delivery, Sender, read_deliveries
from evaluation.intake.delivery_list import LIST
from evaluation.intake.reception import receive
from evaluation.language import Language
from evaluation.records.batches import Card, Status
from evaluation.settings import Settings
from evaluation.store.engine import open_store
from flows.commands.receipts import Sent, tell_receipts
from flows.commands.returning import return_all
from flows.commands.screen import read_file, study_of, tell, working
from flows.environment import make_home
from flows.help import command

REFUSED = 3


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "ingest", say("cli.ingest"))
    def run(
        files: Annotated[
            list[Path],
            typer.Argument(metavar=say("cli.argument.files"), help=say("cli.option.files")),
        ],
        region: Annotated[str | None, typer.Option(help=say("cli.option.region"))] = None,
        wave: Annotated[int | None, typer.Option(help=say("cli.option.wave"))] = None,
        dataset: Annotated[str | None, typer.Option(help=say("cli.option.dataset"))] = None,
        replaces: Annotated[str | None, typer.Option(help=say("cli.option.replaces"))] = None,
        returned: Annotated[
            Path | None, typer.Option(help=say("cli.option.returned_folder"))
        ] = None,
    ) -> None:
        settings = Settings.from_env()
        study = study_of(settings)
        engine = open_store(settings.database_url)
        waiting = deliveries(files, Sender(dataset, region, wave, Card()))
        if replaces and len(waiting) > 1:
            raise SettingsError("replaces_one")
        sent = receive_all(engine, settings, study, waiting, say, replaces=replaces)
        try:
            run_ingest(say)
        except EvaluationError:
            # Some batch could not be judged, perhaps an older one; the others have receipts.
            tell_receipts(engine, study, sent, say)
            raise
        statuses = tell_receipts(engine, study, sent, say)
        return_all(engine, settings, study, sent, say, folder=returned)
        raise typer.Exit(REFUSED if Status.REFUSED in statuses else 0)


def receive_all(
    engine: Engine,
    settings: Settings,
    study: Study,
    waiting: Iterable[Delivery],
    say: Language,
    *,
    replaces: str | None = None,
) -> list[Sent]:
    with working(say, "cli.working.receive"):
        sent = [
            _receive(engine, settings, study, delivery, say, replaces=replaces)
            for delivery in waiting
        ]
    new = Counter(each.new for each in sent)
    for key, n in (("cli.received", new[True]), ("cli.known", new[False])):
        if n:
            tell(say(key, n=n))
    tell("")
    return sent


def _receive(
    engine: Engine,
    settings: Settings,
    study: Study,
    delivery: Delivery,
    say: Language,
    *,
    replaces: str | None,
) -> Sent:
    received = receive(
        engine,
        settings,
        study,
        content=read_file(delivery.path),
        sender=delivery.sender,
        now=datetime.now(UTC),
        actor="cli",
        replaces=replaces,
        name=delivery.path.name,
    )
    for finding in received.findings:
        tell(f"{delivery.path.name}: {say(finding.message)} {say(finding.message + '.fix')}")
    return Sent(delivery.path.name, received.batch.id, received.new)


def deliveries(paths: Iterable[Path], sender: Sender) -> list[Delivery]:
    return [delivery for path in paths for delivery in _deliveries(path, sender)]


def _deliveries(path: Path, sender: Sender) -> Iterator[Delivery]:
    if path.is_file():
        yield Delivery(path, with_list(path, sender))
    elif path.is_dir():
        found = read_deliveries(path)
        if not found:
            raise DeliveryError("folder_empty")
        yield from found
    else:
        raise SettingsError("file_not_found", name=path)


def with_list(path: Path, sender: Sender) -> Sender:
    """And what a list beside the file says of it; what the command line says counts more."""
    if not (path.parent / LIST).exists():
        return sender
    listed = [each.sender for each in read_deliveries(path.parent) if each.path.name == path.name]
    said = listed[0] if listed else sender
    return Sender(
        sender.instrument or said.instrument,
        sender.region or said.region,
        said.wave if sender.wave is None else sender.wave,
        said.card,
    )


def run_ingest(say: Language) -> None:
    make_home()
    # Imported here: Prefect takes a second, and `stories check` does without it.
    from flows.ingest import ingest

    with working(say, "cli.working.ingest"):
        ingest()
