"""`stories synthesize`: example files with a known truth, for training, tests and power."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from evaluation.language import Language
from evaluation.settings import Settings
from evaluation.synthetic import Formats, synthesize
from flows.commands.screen import study_of, tell
from flows.help import command


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "synthesize", say("cli.synthesize"))
    def run(
        out: Annotated[Path, typer.Option(help=say("cli.option.out"))],
        children: Annotated[int, typer.Option(min=1, help=say("cli.option.children"))] = 400,
        seed: Annotated[int, typer.Option(min=0, help=say("cli.option.seed"))] = 2022,
        formats: Annotated[Formats, typer.Option(help=say("cli.option.formats"))] = "mixed",
        datasets: Annotated[bool, typer.Option(help=say("cli.option.datasets"))] = False,
    ) -> None:
        study = study_of(Settings.from_env())
        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task(say("cli.working.synthesize"), total=children)
            made = synthesize(
                study,
                children=children,
                seed=seed,
                out=out,
                formats=formats,
                datasets=datasets,
                progress=lambda done, _: bar.update(task, completed=done),
            )
        tell(say("cli.written", path=made.folder))
