"""`stories check FILE`: what would become of this file, and what to mend; nothing is stored."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from evaluation.design import Study
from evaluation.errors import SettingsError
from evaluation.intake import Intake, Sender, check, receipt_text
from evaluation.intake.knowledge import known_so_far
from evaluation.intake.reception import recognised
from evaluation.language import Language
from evaluation.records.batches import Card, Status
from evaluation.settings import Settings
from flows.commands.ingest import with_list
from flows.commands.returning import require_free, write_returned
from flows.commands.screen import read_file, study_of, tell, working
from flows.help import command

REFUSED = 3


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "check", say("cli.check"))
    def run(
        file: Annotated[
            Path, typer.Argument(metavar=say("cli.argument.file"), help=say("cli.option.file"))
        ],
        region: Annotated[str | None, typer.Option(help=say("cli.option.region"))] = None,
        wave: Annotated[int | None, typer.Option(help=say("cli.option.wave"))] = None,
        dataset: Annotated[str | None, typer.Option(help=say("cli.option.dataset"))] = None,
        returned: Annotated[Path | None, typer.Option(help=say("cli.option.returned"))] = None,
    ) -> None:
        require_free(returned)
        settings = Settings.from_env()
        study = study_of(settings)
        if not file.is_file():
            raise SettingsError("file_not_found", name=file)
        sender = recognised(study, with_list(file, Sender(dataset, region, wave, Card())))
        content = read_file(file)
        with working(say, "cli.working.check"):
            intake = check_content(content, settings, study, sender, name=file.name)
        known = study.instruments.get(intake.instrument)
        tell(receipt_text(intake.verdict, say, known))
        # A receipt number alone would pass for proof that the file was handed in.
        tell(say("cli.only_checked"))
        if returned is not None:
            write_returned(returned, content, intake.verdict, study, sender, say)
        raise typer.Exit(REFUSED if intake.status is Status.REFUSED else 0)


def check_content(
    content: bytes, settings: Settings, study: Study, sender: Sender, *, name: str | None = None
) -> Intake:
    return check(
        content,
        study=study,
        instrument=sender.instrument,
        region=sender.region,
        wave=sender.wave,
        declared=sender.card,
        expectations=settings.expectations,
        already_stored=lambda respondents, wave: frozenset(),
        known=known_so_far(settings, now=datetime.now(UTC)),
        name=name,
    )
