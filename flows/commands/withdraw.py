"""`stories withdraw CODE`: a family takes its consent back.

Not a flow: Prefect would keep the code among the run's parameters for everyone to see.
"""

from datetime import UTC, datetime
from typing import Annotated

import typer

from evaluation.errors import SettingsError
from evaluation.language import Language
from evaluation.records.codes import is_child_code
from evaluation.settings import Settings
from evaluation.store.engine import open_store, writing
from evaluation.store.withdrawals import withdraw
from flows.commands.screen import tell
from flows.help import command


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "withdraw", say("cli.withdraw"))
    def run(
        code: Annotated[
            str, typer.Argument(metavar=say("cli.argument.code"), help=say("cli.option.code"))
        ],
    ) -> None:
        if not is_child_code(code):
            raise SettingsError("not_a_code")
        with writing(open_store(Settings.from_env().database_url)) as conn:
            withdraw(conn, code, at=datetime.now(UTC), actor="cli")
        tell(say("cli.withdrawn"))
