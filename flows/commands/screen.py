"""What the commands share of the terminal: plain lines out, a moving sign while work goes on."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from evaluation.design import Study, load_study
from evaluation.errors import SettingsError, StoreError
from evaluation.language import Language
from evaluation.settings import Settings


def tell(text: str) -> None:
    """A line on standard output, as it is: no wrapping, no markup, safe to pipe."""
    print(text, flush=True)


@contextmanager
def working(say: Language, key: str) -> Iterator[None]:
    """On standard error, and only where somebody watches; otherwise nothing."""
    console = Console(stderr=True)
    with console.status(say(key)) if console.is_terminal else _still():
        yield


@contextmanager
def _still() -> Iterator[None]:
    yield


def read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise SettingsError("cannot_read", name=path) from None


def write_file(path: Path, content: bytes) -> None:
    """Whole or not at all: a disk that fills up leaves nothing under the final name."""
    half = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(content)
        half.replace(path)
    except OSError as error:
        if half.exists():
            half.unlink()
        rule = "disk_full" if error.errno == errno.ENOSPC else "cannot_write"
        raise StoreError(rule, **({} if rule == "disk_full" else {"place": path.parent})) from None


def study_of(settings: Settings) -> Study:
    return load_study(settings.study)


def dataset_of(study: Study, asked: str | None) -> str:
    """The instrument's id: the one asked for, else the plan's, else the only one there is."""
    known = ", ".join(study.instruments)
    if asked is not None and asked in study.instruments:
        return asked
    if asked is None and study.plan is not None:
        return study.plan.instrument
    if asked is None and len(study.instruments) == 1:
        return next(iter(study.instruments))
    raise SettingsError("unknown_dataset", name=asked or "–", known=known)
