"""`stories paper`: the form to print and fill in by hand."""

from pathlib import Path
from typing import Annotated

import typer

from evaluation.forms.paper import build_paper
from evaluation.language import Language
from evaluation.settings import Settings
from flows.commands.screen import dataset_of, study_of, tell, write_file
from flows.help import command


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "paper", say("cli.paper"))
    def run(
        language: Annotated[str, typer.Option(help=say("cli.option.language"))] = say.code,
        dataset: Annotated[str | None, typer.Option(help=say("cli.option.dataset"))] = None,
        out: Annotated[Path | None, typer.Option(help=say("cli.option.out"))] = None,
    ) -> None:
        study = study_of(Settings.from_env())
        instrument = study.instruments[dataset_of(study, dataset)]
        path = out or Path(f"{instrument.id}.{language}.pdf")
        write_file(path, build_paper(instrument, study, Language(language).code))
        tell(say("cli.written", path=path))
