"""`stories pull kobo|odk`: what was filled in on a server comes in, and is checked like a file."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy import Engine

from evaluation.design import Study
from evaluation.intake import Sender
from evaluation.intake.reception import recognised
from evaluation.language import Language
from evaluation.records.batches import Card, Status
from evaluation.servers.patience import Patience
from evaluation.servers.submissions import Source
from evaluation.settings import Settings
from evaluation.store.engine import open_store, reading
from evaluation.store.findings import load_findings
from flows.commands.ingest import REFUSED, run_ingest
from flows.commands.receipts import Sent, tell_receipts
from flows.commands.screen import dataset_of, study_of, tell, working
from flows.help import command
from flows.pulling import Arrived, Asked, pull, source_of, unjudged

FIRST_ROW = 2
"""Of a list of submissions, as the gate counts: the first row holds the names of the questions."""


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "pull", say("cli.pull"))
    def run(
        tool: Annotated[str, typer.Argument(metavar="kobo|odk", help=say("cli.option.tool"))],
        server: Annotated[str, typer.Option(help=say("cli.option.server"))],
        form: Annotated[str | None, typer.Option(help=say("cli.option.form"))] = None,
        project: Annotated[int | None, typer.Option(help=say("cli.option.project"))] = None,
        dataset: Annotated[str | None, typer.Option(help=say("cli.option.dataset"))] = None,
        region: Annotated[str | None, typer.Option(help=say("cli.option.region"))] = None,
        wave: Annotated[int | None, typer.Option(help=say("cli.option.wave"))] = None,
        everything: Annotated[bool, typer.Option("--all", help=say("cli.option.pull_all"))] = False,
    ) -> None:
        settings = Settings.from_env()
        study = study_of(settings)
        engine = open_store(settings.database_url)
        asked = Asked(tool, server, form, project)
        sender = recognised(study, Sender(dataset_of(study, dataset), region, wave, Card()))
        with source_of(asked, sender.instrument or "", settings, Patience()) as source:
            arrived = _arrived(engine, settings, study, source, sender, say, everything)
            sent = _sent(engine, study, source, arrived, say)
        if not sent:
            tell(say("cli.pull.nothing"))
            return
        run_ingest(say)
        statuses = tell_receipts(engine, study, sent, say)
        for each in arrived:
            _tell_numbers(engine, each, say)
        raise typer.Exit(REFUSED if Status.REFUSED in statuses else 0)


def _arrived(
    engine: Engine,
    settings: Settings,
    study: Study,
    source: Source,
    sender: Sender,
    say: Language,
    everything: bool,
) -> list[Arrived]:
    now = datetime.now(UTC)
    with working(say, "cli.working.pull"):
        arrived = list(
            pull(engine, settings, study, source, sender, now=now, everything=everything)
        )
    if arrived:
        tell(say("cli.pull.fetched", n=sum(len(each.packed.numbers) for each in arrived)))
        if again := sum(not each.new for each in arrived):
            tell(say("cli.known", n=again))
        tell("")
    return arrived


def _sent(
    engine: Engine, study: Study, source: Source, arrived: Sequence[Arrived], say: Language
) -> list[Sent]:
    """And those that came before, but were never judged."""
    new = {each.batch: Sent(_name(each, say), each.batch, each.new) for each in arrived}
    old = [batch for batch in unjudged(engine, study, source) if batch not in new]
    return [*new.values(), *(Sent(say("cli.pull.earlier"), batch, False) for batch in old)]


def _name(arrived: Arrived, say: Language) -> str:
    region, wave = (said or "–" for said in arrived.packed.place)
    return say("cli.pull.batch", region=region, wave=wave)


def _tell_numbers(engine: Engine, arrived: Arrived, say: Language) -> None:
    """Rows are the programme's; on the server a submission is found by its number."""
    with reading(engine) as conn:
        found = load_findings(conn, arrived.batch)
    rows = sorted({each.row for each in found if each.row})
    numbers = arrived.packed.numbers
    for row in rows:
        if FIRST_ROW <= row < FIRST_ROW + len(numbers):
            tell(say("cli.pull.number", row=row, number=numbers[row - FIRST_ROW]))
