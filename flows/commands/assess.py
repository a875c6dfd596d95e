"""`stories assess FOLDER`: everything from the files to the reports, in one run."""

from pathlib import Path
from typing import Annotated

import typer

from evaluation.errors import EvaluationError
from evaluation.intake import Sender
from evaluation.language import Language
from evaluation.records.batches import Card
from evaluation.settings import Settings
from evaluation.store.engine import open_store
from flows.commands.ingest import deliveries, receive_all
from flows.commands.receipts import tell_summary
from flows.commands.report import tell_reports
from flows.commands.screen import study_of, working
from flows.environment import make_home
from flows.help import command


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "assess", say("cli.assess"))
    def run(
        folder: Annotated[
            Path, typer.Argument(metavar=say("cli.argument.folder"), help=say("cli.option.folder"))
        ],
    ) -> None:
        settings = Settings.from_env()
        study = study_of(settings)
        engine = open_store(settings.database_url)
        waiting = deliveries([folder], Sender(None, None, None, Card()))
        sent = receive_all(engine, settings, study, waiting, say)
        make_home()
        from flows.assessment import assessment

        try:
            with working(say, "cli.working.assess"):
                paths = assessment()
        except EvaluationError:
            # Where nothing could be compared, the receipts say why.
            tell_summary(engine, study, sent, say)
            raise
        tell_summary(engine, study, sent, say)
        tell_reports(paths, say)
