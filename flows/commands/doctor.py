"""`stories doctor`: is everything there that the programme needs, and how is it mended?

Each check answers with a finding of its own (a message `doctor.<check>` and, where it fails,
`doctor.<check>.mend`); none of them changes anything but an absent database, which is made.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import typer

from evaluation.errors import EvaluationError
from evaluation.language import Language
from evaluation.settings import CHECKOUT, Settings
from flows.commands.screen import tell
from flows.environment import SILENCE
from flows.help import command

REFUSED = 3
KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
ROOM = 500 * 1024 * 1024
"""Bytes that a year of the pilot needs, with Prefect's own database: about a tenth of this."""


@dataclass(frozen=True, slots=True)
class Answer:
    good: bool
    values: dict[str, object] = field(default_factory=dict)


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "doctor", say("cli.doctor"))
    def run() -> None:
        settings = Settings.from_env()
        good = True
        for name, check in CHECKS.items():
            for answer in check(settings, say):
                good = good and answer.good
                for line in _lines(name, answer, say):
                    tell(line)
        tell(say("doctor.well" if good else "doctor.unwell"))
        raise typer.Exit(0 if good else REFUSED)


def _lines(name: str, answer: Answer, say: Language) -> Iterator[str]:
    sign = "✓" if answer.good else "✗"
    yield f"{sign} {say(f'doctor.{name}', **answer.values)}"
    if not answer.good:
        yield f"   → {say(f'doctor.{name}.mend', **answer.values)}"


def _python(_: Settings, __: Language) -> Iterator[Answer]:
    found = ".".join(map(str, sys.version_info[:3]))
    yield Answer((3, 11) <= sys.version_info[:2] < (3, 14), {"found": found})


def _packages(_: Settings, __: Language) -> Iterator[Answer]:
    yield from packages(CHECKOUT / "requirements.lock")


def packages(lock: Path) -> Iterator[Answer]:
    """Every package that is installed in another version than the lock's, then the two traps."""
    for name, locked_at in locked(lock).items():
        try:
            found = version(name)
        except PackageNotFoundError:
            continue  # locked for another system or Python; `pip check` at set-up knows better
        if found not in locked_at:
            yield Answer(False, {"name": name, "found": found, "wanted": " / ".join(locked_at)})
    for name, below in (("fastapi", (0, 151)), ("sqlalchemy", (2, 1))):
        found = version(name)
        held = tuple(int(part) for part in found.split(".")[:2]) < below
        wanted = "< " + ".".join(map(str, below))
        yield Answer(held, {"name": name, "found": found, "wanted": wanted})


def locked(lock: Path) -> dict[str, list[str]]:
    """Package → its locked versions (several where Python versions differ)."""
    versions: dict[str, list[str]] = {}
    for line in lock.read_text("utf-8").splitlines():
        name, separator, rest = line.partition("==")
        if separator and not line.startswith((" ", "#")):
            versions.setdefault(name.partition("[")[0], []).append(rest.split()[0])
    return versions


def _study(settings: Settings, say: Language) -> Iterator[Answer]:
    from evaluation.design import load_study

    yield _tried(lambda: load_study(settings.study), say, place=settings.study)


def _database(settings: Settings, say: Language) -> Iterator[Answer]:
    from evaluation.store.engine import open_store

    def opened() -> None:
        open_store(settings.database_url).dispose()

    yield _tried(opened, say, place=_address(settings.database_url))


def _address(url: str) -> str:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    from evaluation.store.faults import shown

    try:
        return shown(make_url(url))
    except ArgumentError:
        return "STORIES_DATABASE_URL"  # not repeated: a password may stand anywhere in it


def _tried(attempt: Callable[[], object], say: Language, **values: object) -> Answer:
    try:
        attempt()
    except EvaluationError as error:
        return Answer(False, {**values, "problem": say(error.message, **error.values)})
    return Answer(True, {**values, "problem": ""})


def _folders(settings: Settings, _: Language) -> Iterator[Answer]:
    place = next(p for p in (settings.data, *settings.data.parents) if p.exists())
    yield Answer(os.access(place, os.W_OK), {"place": settings.data})


def _disk(settings: Settings, _: Language) -> Iterator[Answer]:
    place = next(p for p in (settings.data, *settings.data.parents) if p.exists())
    free = shutil.disk_usage(place).free
    yield Answer(free > ROOM, {"free": free // 2**20})


def _key(settings: Settings, _: Language) -> Iterator[Answer]:
    """Absent is well: it is made with the first file. Readable by others is not."""
    private = not settings.key_file.exists() or not settings.key_file.stat().st_mode & 0o077
    yield Answer(private, {"place": settings.key_file})


def _fonts(_: Settings, __: Language) -> Iterator[Answer]:
    from matplotlib.font_manager import findfont
    from matplotlib.ft2font import FT2Font

    letters = FT2Font(findfont("DejaVu Sans")).get_charmap()
    yield Answer(all(ord(letter) in letters for letter in KAZAKH))


def _silence(_: Settings, __: Language) -> Iterator[Answer]:
    from prefect.settings import PREFECT_SERVER_ANALYTICS_ENABLED

    said = all(os.environ.get(name) == value for name, value in SILENCE.items())
    yield Answer(said and not PREFECT_SERVER_ANALYTICS_ENABLED.value())


CHECKS: dict[str, Callable[[Settings, Language], Iterator[Answer]]] = {
    "python": _python,
    "packages": _packages,
    "study": _study,
    "folders": _folders,
    "disk": _disk,
    "database": _database,
    "key": _key,
    "fonts": _fonts,
    "silence": _silence,
}
