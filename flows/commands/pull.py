"""`stories pull`: what was filled in on a server comes in, and is checked like a file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy import Engine

from evaluation.design import Study
from evaluation.errors import EvaluationError, SettingsError
from evaluation.intake import receipt_text
from evaluation.language import Language
from evaluation.records.batches import Status
from evaluation.servers.packing import Packed
from evaluation.servers.patience import Patience
from evaluation.servers.sources import FormAt, read_sources
from evaluation.settings import Settings
from evaluation.store.engine import open_store, reading
from evaluation.store.findings import load_findings
from flows.commands.check import check_content
from flows.commands.ingest import REFUSED, run_ingest
from flows.commands.receipts import Sent, tell_receipts
from flows.commands.screen import study_of, tell, working
from flows.help import command
from flows.pulling import Arrived, fetched, pull, sender_of, source_of, unjudged

FIRST_ROW = 2
"""Of a list of submissions, as the gate counts: the first row holds the names of the questions."""


@dataclass(slots=True)
class _Fetched:
    """`waiting`: batches that came from these forms before and were never judged."""

    arrived: list[Arrived] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    failed: list[EvaluationError] = field(default_factory=list)


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "pull", say("cli.pull"))
    def run(
        tool: Annotated[
            str | None, typer.Argument(metavar="kobo|odk", help=say("cli.option.pull_tool"))
        ] = None,
        server: Annotated[str | None, typer.Option(help=say("cli.option.server"))] = None,
        form: Annotated[str | None, typer.Option(help=say("cli.option.form"))] = None,
        project: Annotated[int | None, typer.Option(help=say("cli.option.project"))] = None,
        dataset: Annotated[str | None, typer.Option(help=say("cli.option.dataset"))] = None,
        region: Annotated[str | None, typer.Option(help=say("cli.option.region"))] = None,
        wave: Annotated[int | None, typer.Option(help=say("cli.option.wave"))] = None,
        everything: Annotated[bool, typer.Option("--all", help=say("cli.option.pull_all"))] = False,
        only_check: Annotated[
            bool, typer.Option("--check", help=say("cli.option.pull_check"))
        ] = False,
    ) -> None:
        settings = Settings.from_env()
        named = FormAt(tool or "", server or "", form, project, dataset, region, wave)
        forms = (named,) if tool or server else read_sources(settings.sources)
        if not forms:
            raise SettingsError("sources_unsaid")
        study = study_of(settings)
        engine = open_store(settings.database_url)
        if only_check:
            refused = _checked(engine, settings, study, forms, say, everything=everything)
            raise typer.Exit(REFUSED if refused else 0)
        with working(say, "cli.working.pull"):
            found = _fetched(engine, settings, study, forms, everything=everything)
        refused = _judged(engine, study, found, say)
        if found.failed:
            raise found.failed[0]
        raise typer.Exit(REFUSED if refused else 0)


def _checked(
    engine: Engine,
    settings: Settings,
    study: Study,
    forms: Sequence[FormAt],
    say: Language,
    *,
    everything: bool,
) -> bool:
    """What would become of what is new; nothing is stored. Whether anything would be refused."""
    statuses = []
    again = "check" if everything else ""
    for at in forms:
        sender = sender_of(at, study)
        dataset = sender.instrument or ""
        with source_of(at, dataset, settings, Patience()) as source:
            for packed in fetched(engine, study, source, dataset, again=again):
                verdict = check_content(packed.content, settings, study, sender).verdict
                tell(_place(packed, say) + "\n")
                tell(receipt_text(verdict, say, study.instruments[dataset]))
                statuses.append(verdict.status)
    tell(say("cli.pull.only_checked" if statuses else "cli.pull.nothing"))
    return Status.REFUSED in statuses


def _fetched(
    engine: Engine,
    settings: Settings,
    study: Study,
    forms: Sequence[FormAt],
    *,
    everything: bool,
) -> _Fetched:
    """A server that is down keeps no other form waiting."""
    found = _Fetched()
    for at in forms:
        try:
            sender = sender_of(at, study)
            with source_of(at, sender.instrument or "", settings, Patience()) as source:
                found.waiting += unjudged(engine, study, source)
                now = datetime.now(UTC)
                for each in pull(
                    engine, settings, study, source, sender, now=now, everything=everything
                ):
                    found.arrived.append(each)
        except EvaluationError as error:
            found.failed.append(error)
    return found


def _judged(engine: Engine, study: Study, fetched: _Fetched, say: Language) -> bool:
    """Whether anything was refused."""
    sent = _sent(fetched, say)
    if not sent:
        if not fetched.failed:
            tell(say("cli.pull.nothing"))
        return False
    _tell_counts(fetched.arrived, say)
    run_ingest(say)
    statuses = tell_receipts(engine, study, sent, say)
    for each in fetched.arrived:
        _tell_numbers(engine, each, say)
    return Status.REFUSED in statuses


def _sent(fetched: _Fetched, say: Language) -> list[Sent]:
    new = {
        each.batch: Sent(_place(each.packed, say), each.batch, each.new) for each in fetched.arrived
    }
    old = [batch for batch in fetched.waiting if batch not in new]
    return [*new.values(), *(Sent(say("cli.pull.earlier"), batch, False) for batch in old)]


def _place(packed: Packed, say: Language) -> str:
    region, wave = (said or "–" for said in packed.place)
    return say("cli.pull.batch", region=region, wave=wave)


def _tell_counts(arrived: Sequence[Arrived], say: Language) -> None:
    if arrived:
        tell(say("cli.pull.fetched", n=sum(len(each.packed.numbers) for each in arrived)))
    if again := sum(not each.new for each in arrived):
        tell(say("cli.known", n=again))
    tell("")


def _tell_numbers(engine: Engine, arrived: Arrived, say: Language) -> None:
    """Rows are the programme's; on the server a submission is found by its number."""
    with reading(engine) as conn:
        found = load_findings(conn, arrived.batch)
    numbers = dict(enumerate(arrived.packed.numbers, start=FIRST_ROW))
    for row in sorted({each.row for each in found if each.row}):
        tell(say("cli.pull.number", row=row, number=numbers[row]))
