"""`stories withdraw CODE…`: families take their consent back.

Not a flow: Prefect would keep the code among the run's parameters for everyone to see.
"""

from datetime import UTC, datetime
from typing import Annotated

import typer

from evaluation.errors import SettingsError
from evaluation.intake.withdrawal import withdraw_children
from evaluation.language import Language
from evaluation.records.codes import is_child_code
from evaluation.settings import Settings
from evaluation.store.engine import open_store
from flows.commands.screen import tell
from flows.help import command


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "withdraw", say("cli.withdraw"))
    def run(
        codes: Annotated[
            list[str], typer.Argument(metavar=say("cli.argument.code"), help=say("cli.option.code"))
        ],
        yes: Annotated[bool, typer.Option("--yes", help=say("cli.option.yes"))] = False,
    ) -> None:
        # All of them before any: of three codes with one slip, two withdrawn would be forgotten.
        for place, code in enumerate(codes, start=1):
            if not is_child_code(code):
                raise SettingsError("not_a_code", place=place)
        if not yes:
            typer.confirm(say("cli.withdraw_sure", n=len(set(codes))), abort=True)
        settings = Settings.from_env()
        engine = open_store(settings.database_url)
        done = withdraw_children(engine, settings, codes, now=datetime.now(UTC), actor="cli")
        tell(say("cli.withdrawn", n=done.rows))
        for key, n in (
            ("cli.withdrawn_unknown", done.unknown),
            ("cli.withdrawn_before", done.before),
            ("cli.withdrawn_originals", done.originals),
        ):
            if n:
                tell(say(key, n=n))
