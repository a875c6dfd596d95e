"""`stories …`: the command line. One file a command in `commands/`; each is a thin call.

Exit codes: 0 done, 1 our fault, 2 wrong use, 3 the file or the data was refused.
"""

import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated

import typer
from rich.console import Console
from typer.exceptions import TyperException

from evaluation.errors import EvaluationError
from evaluation.language import Language
from evaluation.settings import Settings
from flows.commands import COMMANDS
from flows.commands.screen import tell
from flows.discretion import our_fault
from flows.help import SpokenGroup, complaint

WRONG_USE = 2
INTERRUPTED = 130
LANGUAGE = "--language"
OF_THEIR_OWN = frozenset({"codebook", "codes", "paper", "report", "template", "xlsform"})
"""Commands whose --language is also that of what they write."""


def main(arguments: Sequence[str] | None = None) -> int:
    # Somebody who types a command reads our sentence; Prefect keeps its own account.
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    words = list(sys.argv[1:] if arguments is None else arguments)
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    say = Language("en")
    try:
        say = Language(_language(words))
        return run(build(say), language_first(words), say, errors)
    except EvaluationError as error:
        return _refuse(error, say, errors)
    except Exception as error:  # noqa: BLE001 - the last door: its text may quote an answer
        return _refuse(our_fault(error), say, errors)


def build(say: Language) -> typer.Typer:
    app = typer.Typer(
        name="stories",
        cls=SpokenGroup,
        context_settings={"obj": say},
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )

    @app.callback(invoke_without_command=True, help=say("cli.about"), epilog=say("cli.help.more"))
    def everywhere(
        context: typer.Context,
        language: Annotated[str | None, typer.Option(help=say("cli.option.speak"))] = None,
    ) -> None:
        if context.invoked_subcommand is None:
            tell(context.get_help())
            raise typer.Exit(WRONG_USE)

    for add_to in COMMANDS.values():
        add_to(app, say)
    return app


def run(app: typer.Typer, words: list[str], say: Language, errors: Console) -> int:
    try:
        code = app(words, standalone_mode=False, prog_name="stories")
    except TyperException as error:
        errors.print(say("error.wrong_use", hint=complaint(error, say)), markup=False)
        return WRONG_USE
    except (typer.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    if code == INTERRUPTED:
        errors.print(say("cli.interrupted"))
    return code if isinstance(code, int) else 0


def language_first(words: list[str]) -> list[str]:
    """`--language ru` before the command, wherever it was typed: people add it at the end."""
    if OF_THEIR_OWN & set(words):
        return words
    said = [n for n, word in enumerate(words) if word.split("=")[0] == LANGUAGE]
    moved = {n for place in said for n in (place, place + ("=" not in words[place]))}
    chosen = [word for n, word in enumerate(words) if n in moved]
    return chosen + [word for n, word in enumerate(words) if n not in moved]


def _language(words: list[str]) -> str:
    """The language asked for on the line, so that errors and help are in it too."""
    for word, following in pairwise([*words, ""]):
        if word == LANGUAGE:
            return following
        if word.startswith(LANGUAGE + "="):
            return word.removeprefix(LANGUAGE + "=")
    return Settings.from_env(os.environ).language


def _refuse(error: EvaluationError, say: Language, errors: Console) -> int:
    errors.print(say(error.message, **error.values), markup=False)
    return error.exit_code
