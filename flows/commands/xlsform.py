"""`stories xlsform`: the same questions for KoboToolbox and ODK, all languages in one form."""

from pathlib import Path
from typing import Annotated

import typer

from evaluation.forms.xlsform import build_xlsform
from evaluation.language import Language
from evaluation.settings import Settings
from flows.commands.screen import dataset_of, study_of, tell, write_file
from flows.help import command


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "xlsform", say("cli.xlsform"))
    def run(
        language: Annotated[str, typer.Option(help=say("cli.option.language"))] = say.code,
        dataset: Annotated[str | None, typer.Option(help=say("cli.option.dataset"))] = None,
        out: Annotated[Path | None, typer.Option(help=say("cli.option.out"))] = None,
    ) -> None:
        study = study_of(Settings.from_env())
        instrument = study.instruments[dataset_of(study, dataset)]
        path = out or Path(f"{instrument.id}.xlsform.xlsx")
        write_file(path, build_xlsform(instrument, study, Language(language).code))
        tell(say("cli.written", path=path))
