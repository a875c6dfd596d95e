"""`stories withdraw CODE…`: families take their consent back.

Not a flow: Prefect would keep the code among the run's parameters for everyone to see.
"""

import re
from datetime import UTC, datetime
from typing import Annotated

import typer

from evaluation.design import Study
from evaluation.errors import SettingsError
from evaluation.intake.withdrawal import withdraw_children
from evaluation.language import Language
from evaluation.records.codes import is_child_code
from evaluation.settings import Settings
from evaluation.store.engine import open_store
from flows.commands.screen import study_of, tell
from flows.help import command


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "withdraw", say("cli.withdraw"))
    def run(
        codes: Annotated[
            list[str], typer.Argument(metavar=say("cli.argument.code"), help=say("cli.option.code"))
        ],
        yes: Annotated[bool, typer.Option("--yes", help=say("cli.option.yes"))] = False,
    ) -> None:
        settings = Settings.from_env()
        study = study_of(settings)
        # All of them before any: of three codes with one slip, two withdrawn would be forgotten.
        for place, code in enumerate(codes, start=1):
            if not _is_code(code, study):
                raise SettingsError("not_a_code", place=place)
        if not yes:
            typer.confirm(say("cli.withdraw_sure", n=len(set(codes))), abort=True)
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


def _is_code(text: str, study: Study) -> bool:
    """A child's code, or that of anybody whom a dataset of the study knows by one."""
    asked = (
        f for i in study.instruments.values() for f in i.fields if f.name == i.identity.respondent
    )
    patterns = [field.pattern for field in asked if field.pattern and field.check is None]
    return is_child_code(text) or any(re.fullmatch(pattern, text) for pattern in patterns)
