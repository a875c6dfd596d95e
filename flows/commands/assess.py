"""`stories assess FOLDER`: everything from the files to the reports, in one run."""

from pathlib import Path
from typing import Annotated

import typer

from evaluation.intake import Sender
from evaluation.language import Language
from evaluation.records.batches import Card
from evaluation.settings import Settings
from evaluation.store.engine import open_store
from flows.commands.ingest import receive_all, tell_batches
from flows.commands.report import tell_reports
from flows.commands.screen import study_of, working


def add_to(app: typer.Typer, say: Language) -> None:
    @app.command(name="assess", help=say("cli.assess"))
    def command(
        folder: Annotated[Path, typer.Argument(help=say("cli.option.folder"))],
    ) -> None:
        settings = Settings.from_env()
        study = study_of(settings)
        engine = open_store(settings.database_url)
        sender = Sender(None, None, None, Card())
        received = receive_all(engine, settings, study, [folder], sender, say)
        from flows.assessment import assessment

        with working(say, "cli.working.assess"):
            paths = assessment()
        tell_batches(engine, study, [each.batch for each in received], say)
        tell_reports(paths, say)
