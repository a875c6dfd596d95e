"""`stories near-misses`: files that brought personal data, and until when that must be reported."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy import Engine

from evaluation.errors import SettingsError
from evaluation.language import Language
from evaluation.records.batches import receipt
from evaluation.records.near_misses import NearMiss
from evaluation.settings import Settings
from evaluation.store.batches import find_batch
from evaluation.store.engine import open_store, reading, writing
from evaluation.store.near_misses import all_near_misses, close_near_miss
from flows.commands.screen import tell
from flows.help import command


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "near-misses", say("cli.near-misses"))
    def run(
        close: Annotated[str | None, typer.Option(help=say("cli.option.close"))] = None,
        by: Annotated[str | None, typer.Option(help=say("cli.option.by"))] = None,
    ) -> None:
        engine = open_store(Settings.from_env().database_url)
        now = datetime.now(UTC)
        if close is not None:
            _close(engine, close, by, now)
            tell(say("cli.near_miss.closed"))
        else:
            for line in _lines(engine, now, say):
                tell(line)


def _close(engine: Engine, asked: str, by: str | None, now: datetime) -> None:
    if not (by and by.strip()):
        raise SettingsError("closed_by_nobody")
    with writing(engine) as conn:
        batch = find_batch(conn, asked)
        if batch is None:
            raise SettingsError("unknown_batch", name=asked)
        if not close_near_miss(conn, batch.id, at=now, by=by.strip(), actor="cli"):
            raise SettingsError("no_open_near_miss", receipt=batch.receipt)


def _lines(engine: Engine, now: datetime, say: Language) -> Iterator[str]:
    with reading(engine) as conn:
        found = all_near_misses(conn)
    waiting = sum(each.closed_at is None for each in found)
    yield say("cli.near_miss.open", n=waiting)
    for each in found:
        kinds = ", ".join(f"{say(f'personal.{kind}')} ({n})" for kind, n in each.kinds)
        yield f"{receipt(each.batch)}  {_state(each, now, say)}  {kinds}"


def _state(near_miss: NearMiss, now: datetime, say: Language) -> str:
    if near_miss.closed_at is not None:
        return say("cli.near_miss.was_closed", moment=near_miss.closed_at, by=near_miss.closed_by)
    key = "cli.near_miss.overdue" if near_miss.is_overdue(now) else "cli.near_miss.due"
    return say(key, moment=near_miss.due)
