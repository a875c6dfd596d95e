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


def add_to(app: typer.Typer, say: Language) -> None:
    @app.command(name="synthesize", help=say("cli.synthesize"))
    def command(
        out: Annotated[Path, typer.Option(help=say("cli.option.out"))],
        children: Annotated[int, typer.Option(min=1, help=say("cli.option.children"))] = 400,
        seed: Annotated[int, typer.Option(min=0, help=say("cli.option.seed"))] = 2022,
        formats: Annotated[Formats, typer.Option(help=say("cli.option.formats"))] = "mixed",
    ) -> None:
        study = study_of(Settings.from_env())
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(say("cli.working.synthesize"), total=children)
            made = synthesize(
                study,
                children=children,
                seed=seed,
                out=out,
                formats=formats,
                progress=lambda done, _: bar.update(task, completed=done),
            )
        tell(say("cli.written", path=made.folder))
