"""`stories receipt RECEIPT`: what became of a file, said again, in whatever language is asked."""

from pathlib import Path
from typing import Annotated

import typer

from evaluation.errors import SettingsError
from evaluation.intake import receipt_text
from evaluation.language import Language
from evaluation.settings import Settings
from evaluation.store.batches import find_batch
from evaluation.store.engine import open_store, reading
from flows.commands.receipts import verdict_of
from flows.commands.returning import require_free, write_stored
from flows.commands.screen import study_of, tell
from flows.help import command


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "receipt", say("cli.receipt"))
    def run(
        receipt: Annotated[
            str,
            typer.Argument(metavar=say("cli.argument.receipt"), help=say("cli.option.receipt")),
        ],
        returned: Annotated[Path | None, typer.Option(help=say("cli.option.returned"))] = None,
    ) -> None:
        require_free(returned)
        settings = Settings.from_env()
        study = study_of(settings)
        engine = open_store(settings.database_url)
        with reading(engine) as conn:
            batch = find_batch(conn, receipt)
            if batch is None:
                raise SettingsError("unknown_batch", name=receipt)
            verdict = verdict_of(conn, batch)
        tell(receipt_text(verdict, say, study.instruments.get(verdict.instrument)))
        if returned is not None:
            write_stored(returned, engine, settings, study, batch, verdict, say)
