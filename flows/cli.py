"""`stories …`: the command line. One file a command in `commands/`; each is a thin call.

Exit codes: 0 done, 1 our fault, 2 wrong use, 3 the file or the data was refused.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import typer
from rich.console import Console
from typer.exceptions import TyperException

from evaluation.errors import EvaluationError
from evaluation.language import Language
from evaluation.settings import Settings
from flows.commands import COMMANDS
from flows.discretion import our_fault

WRONG_USE = 2
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    # Somebody who types a command reads our sentence; Prefect keeps its own account.
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    words = list(sys.argv[1:] if arguments is None else arguments)
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    say = Language("en")
    try:
        say = Language(_language(words))
        return run(build(say), words, say, errors)
    except EvaluationError as error:
        return _refuse(error, say, errors)
    except Exception as error:  # noqa: BLE001 - the last door: its text may quote an answer
        return _refuse(our_fault(error), say, errors)


def build(say: Language) -> typer.Typer:
    app = typer.Typer(
        name="stories",
        help=say("cli.about"),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    for add_to in COMMANDS.values():
        add_to(app, say)
    return app


def run(app: typer.Typer, words: list[str], say: Language, errors: Console) -> int:
    try:
        code = app(words, standalone_mode=False, prog_name="stories")
    except TyperException as error:
        told = getattr(error, "format_message", None)
        hint = told() if told else type(error).__name__
        errors.print(say("error.wrong_use", hint=hint), markup=False)
        return WRONG_USE
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    return code if isinstance(code, int) else 0


def _language(words: list[str]) -> str:
    """The language asked for on the line, so that errors and help are in it too."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "--language":
            return following
        if word.startswith("--language="):
            return word.removeprefix("--language=")
    return Settings.from_env(os.environ).language


def _refuse(error: EvaluationError, say: Language, errors: Console) -> int:
    errors.print(say(error.message, **error.values), markup=False)
    return error.exit_code
