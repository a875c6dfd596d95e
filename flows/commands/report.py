"""`stories report`: the latest comparison, through the release gate, as a report."""

from typing import Annotated

import typer

from evaluation.language import Language
from flows.commands.screen import tell, working
from flows.environment import make_home
from flows.help import command


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "report", say("cli.report"))
    def run(
        language: Annotated[str | None, typer.Option(help=say("cli.option.language"))] = None,
        format: Annotated[str | None, typer.Option(help=say("cli.option.format"))] = None,
        kind: Annotated[str | None, typer.Option(help=say("cli.option.kind"))] = None,
    ) -> None:
        make_home()
        from flows.report import report

        with working(say, "cli.working.report"):
            paths = report(language=language, format=format, kind=kind)
        tell_reports(paths, say)


def tell_reports(paths: list[str], say: Language) -> None:
    tell("\n" + say("cli.reports"))
    for path in paths:
        tell(f"  {path}")
    tell(say("cli.reports.drafts"))
