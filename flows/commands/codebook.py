"""`stories codebook`: every variable, code and rule of a questionnaire; a page and a table."""

from pathlib import Path
from typing import Annotated

import typer

from evaluation.errors import SettingsError
from evaluation.forms.codebook import codebook_page, codebook_table, entries
from evaluation.intake.rulebook import rules_by_field
from evaluation.language import Language
from evaluation.settings import Settings
from flows.commands.screen import dataset_of, study_of, tell, write_file
from flows.help import command

PAGE, TABLE = ".html", ".csv"


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "codebook", say("cli.codebook"))
    def run(
        language: Annotated[str, typer.Option(help=say("cli.option.language"))] = say.code,
        dataset: Annotated[str | None, typer.Option(help=say("cli.option.dataset"))] = None,
        out: Annotated[Path | None, typer.Option(help=say("cli.option.codebook_out"))] = None,
    ) -> None:
        settings = Settings.from_env()
        study = study_of(settings)
        instrument = study.instruments[dataset_of(study, dataset)]
        rules = rules_by_field(instrument, settings.expectations)
        words = Language(language)
        listed = entries(instrument, study.scales_of(instrument.id), rules, words)
        for path in _paths(out, f"{instrument.id}.codebook.{language}"):
            page = path.suffix.lower() == PAGE
            content = codebook_page(instrument, listed, words) if page else codebook_table(listed)
            write_file(path, content)
            tell(say("cli.written", path=path))


def _paths(out: Path | None, name: str) -> tuple[Path, ...]:
    if out is None:
        return Path(name + PAGE), Path(name + TABLE)
    if out.suffix.lower() not in (PAGE, TABLE):
        raise SettingsError("codebook_format")
    return (out,)
