"""`stories columns FILE`: what the unknown columns of a file probably mean, and saying so once.

A column is named by its letter. Its header is not repeated: what no questionnaire asks for may be
anything, also somebody's name.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from evaluation.errors import SettingsError
from evaluation.intake import Sender
from evaluation.intake.columns import FoundColumns, find_columns, read_mapping
from evaluation.intake.reception import recognised
from evaluation.language import Language
from evaluation.records.batches import Card
from evaluation.settings import Settings
from evaluation.store.columns import forget_columns, load_columns, remember_columns
from evaluation.store.engine import open_store, reading, writing
from flows.commands.screen import read_file, study_of, tell, working
from flows.help import command

ACTOR = "cli"


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "columns", say("cli.columns"))
    def run(
        file: Annotated[
            Path, typer.Argument(metavar=say("cli.argument.file"), help=say("cli.option.file"))
        ],
        dataset: Annotated[str | None, typer.Option(help=say("cli.option.dataset"))] = None,
        confirm: Annotated[list[str] | None, typer.Option(help=say("cli.option.confirm"))] = None,
        mapping: Annotated[Path | None, typer.Option(help=say("cli.option.mapping"))] = None,
        yes: Annotated[bool, typer.Option("--yes", help=say("cli.option.confirm_all"))] = False,
        forget: Annotated[bool, typer.Option("--forget", help=say("cli.option.forget"))] = False,
    ) -> None:
        settings = Settings.from_env()
        study = study_of(settings)
        if not file.is_file():
            raise SettingsError("file_not_found", name=file)
        sender = recognised(study, Sender(dataset, None, None, Card()))
        engine = open_store(settings.database_url)
        with reading(engine) as conn:
            remembered = load_columns(conn)
        with working(say, "cli.working.check"):
            found = find_columns(read_file(file), study, sender, remembered)
        said = list(confirm or ())
        if mapping is not None:
            said += read_mapping(read_file(mapping))
        if forget:
            _forget(engine, found, say)
        elif said or yes:
            _confirm(engine, found, found.confirmed(said, proposals=yes), say)
        else:
            _show(found, say)


def _forget(engine: Engine, found: FoundColumns, say: Language) -> None:
    with writing(engine) as conn:
        n = forget_columns(conn, found.source, at=datetime.now(UTC), actor=ACTOR)
    tell(say("cli.columns_forgotten", n=n))


def _confirm(
    engine: Engine, found: FoundColumns, meanings: Mapping[str, str], say: Language
) -> None:
    if meanings:
        with writing(engine) as conn:
            remember_columns(conn, found.source, meanings, at=datetime.now(UTC), actor=ACTOR)
    tell(say("cli.columns_confirmed", n=len(meanings)))


def _show(found: FoundColumns, say: Language) -> None:
    _lines(found, found.remembered, "cli.column_remembered", say)
    _lines(found, found.proposed, "cli.column_proposed", say)
    for letter in found.unknown:
        tell(say("cli.column_unknown", letter=letter))
    if found.proposed:
        first = found.proposed[0]
        tell("\n" + say("cli.columns_hint", letter=first[0], name=first[1]))
    elif found.unknown:
        tell("\n" + say("cli.columns_free", names=", ".join(found.free)))
    elif not found.remembered:
        tell(say("cli.columns_clear"))


def _lines(
    found: FoundColumns, columns: Sequence[tuple[str, str]], key: str, say: Language
) -> None:
    for letter, name in columns:
        question = say.text(found.instrument.field(name).header)
        tell(say(key, letter=letter, name=name, question=question))
