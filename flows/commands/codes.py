"""`stories codes`: new child codes for a region, on sheets to print."""

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from evaluation.design import Study
from evaluation.errors import SettingsError
from evaluation.intake import Sender
from evaluation.intake.reception import recognised
from evaluation.language import Language
from evaluation.records.codes import NUMBERS, PREFIX
from evaluation.settings import Settings
from evaluation.store.codes import issue_codes
from evaluation.store.engine import open_store, writing
from flows.commands.screen import study_of, tell, write_file
from flows.help import command

WORKBOOK, PAGE = ".xlsx", ".html"


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "codes", say("cli.codes"))
    def run(
        region: Annotated[str, typer.Option(help=say("cli.option.codes_region"))],
        count: Annotated[int, typer.Option(help=say("cli.option.count"))],
        language: Annotated[str, typer.Option(help=say("cli.option.language"))] = say.code,
        out: Annotated[Path | None, typer.Option(help=say("cli.option.codes_out"))] = None,
    ) -> None:
        if not 1 <= count <= NUMBERS:
            raise SettingsError("codes_count", most=NUMBERS)
        settings = Settings.from_env()
        study = study_of(settings)
        code = prefix(study, region)
        path = out or Path(f"codes.{code}{PAGE}")
        if path.suffix.lower() not in (PAGE, WORKBOOK):
            raise SettingsError("codes_format")
        words = Language(language)
        now = datetime.now(UTC)
        # Entered before they are written: killed in between, a code is lost and never doubled.
        with writing(open_store(settings.database_url)) as conn:
            draw = secrets.SystemRandom().sample
            codes = issue_codes(conn, code, count, draw=draw, at=now, actor="cli")
        write_file(path, sheet(codes, study, words, path.suffix.lower()))
        tell(say("cli.codes_issued", n=len(codes), path=path))


def prefix(study: Study, region: str) -> str:
    """The region's code, by code, name or alias. SettingsError where codes cannot begin with it."""
    code = recognised(study, Sender(region=region)).region or ""
    if not PREFIX.fullmatch(code):
        raise SettingsError("no_code_prefix", name=code)
    return code


def sheet(codes: tuple[str, ...], study: Study, say: Language, suffix: str) -> bytes:
    from evaluation.forms.code_sheets import code_page, code_workbook

    title = next(
        (
            say.text(instrument.title)
            for instrument in study.instruments.values()
            if any(field.check == "child_code" for field in instrument.fields)
        ),
        say.text(study.title),
    )
    return (code_workbook if suffix == WORKBOOK else code_page)(codes, title, say)
