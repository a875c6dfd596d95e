"""`stories verify REPORT`: is it what was released, and would the same come out again today?"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from evaluation.errors import SettingsError
from evaluation.language import Language
from evaluation.release.rereading.lines import Difference
from evaluation.settings import Settings
from evaluation.store.engine import open_store
from flows.commands.screen import read_file, study_of, tell, working
from flows.editions import SHORTEST
from flows.help import command
from flows.verifying import Since, Verified, verify

REFUSED = 3
MOST = 20
"""Differences that are named one by one; a file with more is another file."""
LONGEST = 80


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "verify", say("cli.verify"))
    def run(
        report: Annotated[
            str,
            typer.Argument(metavar=say("cli.argument.report"), help=say("cli.option.verified")),
        ],
    ) -> None:
        settings, now = Settings.from_env(), datetime.now(UTC)
        content = read_file(Path(report)) if Path(report).is_file() else None
        if content is None and len(report) < SHORTEST:
            raise SettingsError("digest_too_short", shortest=SHORTEST)
        study, engine = study_of(settings), open_store(settings.database_url)
        with working(say, "cli.working.verify"):
            found = verify(engine, settings, study, now=now, content=content, named=report)
        for line in said(found, say):
            tell(line)
        if not found.identical:
            raise typer.Exit(REFUSED)


def said(found: Verified, say: Language) -> Iterator[str]:
    release = found.release
    state = say(f"release.state.{found.state}") if found.state else say("release.state.draft")
    yield say(
        "verify.is",
        digest=release.digest[:16],
        language=release.language,
        format=release.format,
        moment=release.released_at,
        state=state,
    )
    yield from _file(found, say)
    if found.failed is not None:
        yield say("verify.failed") + " " + say(found.failed.message, **found.failed.values)
        return
    yield say("verify.kept" if found.kept else "verify.not_kept")
    yield from _places(found.moved, say)
    if found.answers is None:
        yield say("verify.answers_gone")
    else:
        yield say("verify.answers" if found.answers else "verify.not_answers")
    for key, text in found.cells[:MOST]:
        yield "  " + say("verify.cell", cell=key, text=text)
    yield from _more(len(found.cells), say)
    for since in found.since:
        if since is not Since.WITHDRAWAL:  # said above, with what it means
            yield say(f"verify.since.{since}")
    yield say("verify.identical" if found.identical else "verify.not_identical")


def _file(found: Verified, say: Language) -> Iterator[str]:
    if found.unreadable:
        yield say("verify.unreadable")
    elif found.altered is not None:
        yield say("verify.altered" if found.altered else "verify.altered_bytes")
        yield from _places(found.altered, say)


def _places(differences: Sequence[Difference], say: Language) -> Iterator[str]:
    for each in differences[:MOST]:
        names = [part[:LONGEST] for part in (*each.place.parts, "")]
        where = say(f"verify.at.{each.place.kind}", one=names[0], two=names[1], three=names[2])
        key = "verify.put_in" if each.should is None else "verify.should"
        yield "  " + say(key, where=where, text=(each.should or "")[:LONGEST])
    yield from _more(len(differences), say)


def _more(count: int, say: Language) -> Iterator[str]:
    if count > MOST:
        yield "  " + say("verify.more", n=count - MOST)
