"""`stories sweep`: what lies in the quarantine longer than it may is deleted now."""

from datetime import UTC, datetime

import typer

from evaluation.intake.retention import sweep
from evaluation.language import Language
from evaluation.settings import Settings
from evaluation.store.engine import open_store
from flows.commands.screen import study_of, tell
from flows.help import command


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "sweep", say("cli.sweep"))
    def run() -> None:
        settings = Settings.from_env()
        engine = open_store(settings.database_url)
        swept = sweep(engine, settings, study_of(settings), now=datetime.now(UTC))
        tell(say("cli.swept", n=swept.deliveries))
        if swept.leftovers:
            tell(say("cli.swept.leftovers", n=swept.leftovers))
