"""What typer itself says on the screen (usage, options, complaints), in the reader's language.

typer has no catalogue of its own, so its few fixed words are exchanged when a help page is made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from evaluation.language import Language

F = TypeVar("F", bound=Callable[..., Any])

WORDS = {
    "Usage: ": "cli.help.usage",
    "Arguments:\n": "cli.help.arguments",
    "Options:\n": "cli.help.options",
    "Commands:\n": "cli.help.commands",
    "[OPTIONS]": "cli.help.any_options",
    "COMMAND [ARGS]...": "cli.help.any_command",
    "[required]": "cli.help.required",
    "[default: ": "cli.help.default",
    "[default:\n": "cli.help.default",  # where the line ends there
    "Show this message and exit.": "cli.help.help",
}
KINDS = {
    "<str>": "cli.help.text",
    "<int>": "cli.help.number",
    "<int range>": "cli.help.number",
    "<float>": "cli.help.number",
    "<path>": "cli.help.path",
}
ARGUMENT_KINDS = (" <list[Path]>", " <list[str]>", " <path>", " <str>")
"""Said after the name of an argument, which says what it is already."""
WRONG = {
    "NoSuchOption": "cli.wrong.option",
    "MissingParameter": "cli.wrong.missing",
    "BadParameter": "cli.wrong.value",
    "BadOptionUsage": "cli.wrong.value",
}
"""By the name of typer's exception, for its module is private."""


class SpokenCommand(TyperCommand):
    def get_help(self, ctx: Any) -> str:
        _name_kinds(self.get_params(ctx), ctx)
        return spoken(super().get_help(ctx), ctx.obj)


class SpokenGroup(TyperGroup):
    def get_help(self, ctx: Any) -> str:
        _name_kinds(self.get_params(ctx), ctx)
        return spoken(super().get_help(ctx), ctx.obj)


def command(app: typer.Typer, name: str, about: str) -> Callable[[F], F]:
    """Like `app.command`; what it is about stands whole in the list of commands."""
    return app.command(name=name, cls=SpokenCommand, help=about, short_help=about)


def spoken(page: str, say: Language) -> str:
    for english, key in WORDS.items():
        page = page.replace(english, say(key) + "\n" * english.endswith("\n"))
    for kind in ARGUMENT_KINDS:
        page = page.replace(kind, " " * len(kind))
    return page


def complaint(error: TyperException, say: Language) -> str:
    """What was wrong with a command line."""
    key = WRONG.get(type(error).__name__, "cli.wrong.other")
    param = getattr(error, "param", None)
    named = param and (param.metavar or param.opts[0])
    return say(key, name=getattr(error, "option_name", named))


def _name_kinds(params: list[Any], ctx: Any) -> None:
    """Words for what an option takes, instead of names of Python types."""
    for param in params:
        kind = param.display_type(ctx)
        if param.param_type_name == "option" and kind in KINDS:
            param.metavar = ctx.obj(KINDS[kind])
