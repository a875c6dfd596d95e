"""`stories release …`: a report on its way out, from the draft to the readers, by four eyes."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from evaluation.errors import SettingsError
from evaluation.language import Language
from evaluation.records.editions import Edition, Move, State, Why
from evaluation.release.bundle import RELEASED
from evaluation.settings import Settings
from evaluation.store.editions import all_editions
from evaluation.store.engine import open_store, reading
from flows import editions
from flows.actors import actor_of
from flows.commands.screen import read_file, study_of, tell, working
from flows.help import command
from flows.releasing import latest

LIST = "list"
ACTIONS = (LIST, *Move)
WHYS = ", ".join(Why)


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "release", say("cli.release"))
    def run(
        action: Annotated[
            str,
            typer.Argument(metavar="|".join(ACTIONS), help=say("cli.option.release_action")),
        ] = LIST,
        report: Annotated[
            str | None,
            typer.Argument(metavar=say("cli.argument.report"), help=say("cli.option.report")),
        ] = None,
        actor: Annotated[str | None, typer.Option(help=say("cli.option.actor"))] = None,
        kind: Annotated[str | None, typer.Option(help=say("cli.option.kind"))] = None,
        why: Annotated[str | None, typer.Option(help=say("cli.option.why", known=WHYS))] = None,
    ) -> None:
        settings = Settings.from_env()
        engine = open_store(settings.database_url)
        if action not in ACTIONS:
            raise SettingsError("unknown_action", name=action, known=", ".join(ACTIONS))
        if action == LIST:
            for line in _lines(engine, say):
                tell(line)
            return
        with working(say, "cli.working.release"):
            moved = _moved(
                engine, settings, Move(action), report, actor_of(actor, settings), why, kind
            )
        tell(say(f"cli.release.{moved.state}", report=moved.short))
        if moved.state is State.RELEASED:
            tell(f"  {settings.reports / RELEASED / moved.short}")


def _moved(
    engine: Engine,
    settings: Settings,
    move: Move,
    report: str | None,
    actor: str,
    why: str | None,
    kind: str | None,
) -> Edition:
    now = datetime.now(UTC)
    if move is Move.SUBMIT:
        if report is not None:
            raise SettingsError("submit_takes_no_report")
        run = latest(engine, now=now)
        study = study_of(settings)
        return editions.submit(engine, settings, study, run=run, now=now, actor=actor, kind=kind)
    edition = editions.edition_named(engine, digest_of(report))
    if move is Move.PUBLISH:
        study = study_of(settings)
        return editions.publish(engine, settings, study, edition, now=now, actor=actor)
    if move is Move.RECALL:
        reason = _why(why)
        return editions.recall(engine, settings, edition, why=reason, now=now, actor=actor)
    return editions.decide(engine, edition, move, now=now, actor=actor)


def digest_of(report: str | None) -> str:
    """Of the file of that name, or what was typed itself."""
    if report is None:
        raise SettingsError("no_report_named")
    path = Path(report)
    return hashlib.sha256(read_file(path)).hexdigest() if path.is_file() else report


def _why(said: str | None) -> Why:
    if said not in tuple(Why):
        raise SettingsError("recalled_for_nothing", known=WHYS)
    return Why(said)


def _lines(engine: Engine, say: Language) -> Iterator[str]:
    with reading(engine) as conn:
        known = all_editions(conn)
    yield say("cli.release.count", n=len(known))
    for edition in known:
        yield f"{edition.short}  {say(f'release.state.{edition.state}')}"
        for line in edition.lines:
            why = f" ({say(f'release.why.{line.why}')})" if line.why else ""
            state = say(f"release.state.{line.state}")
            yield f"    {say.moment(line.at)}  {state}{why}: {line.actor}"
