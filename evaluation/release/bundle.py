"""The folder of a released report: put in place whole, by one rename, and never changed.

Prepared beside its place under a name of its own; killed in between, nobody sees it, and the next
attempt begins anew.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from evaluation.errors import StoreError

RELEASED, RECALLED = "released", "recalled"
UNFINISHED = ".unfinished-"
READ_ONLY = 0o444


def prepare_bundle(files: Mapping[str, bytes], reports: Path, name: str) -> Path:
    """The files on the disk, not yet in their place. StoreError: they cannot be written."""
    made = reports / RELEASED / (UNFINISHED + name)
    try:
        if made.exists():
            shutil.rmtree(made)
        made.mkdir(parents=True)
        for path, content in files.items():
            _write(made / path, content)
        _sync(made)
    except OSError as error:
        shutil.rmtree(made, ignore_errors=True)
        raise _not_written(reports, error) from error
    return made


def put_in_place(made: Path, reports: Path, name: str) -> Path:
    """The released folder. Where it is there already, just so, nothing changes.

    StoreError: something else is there under this name, or it cannot be put there.
    """
    place = reports / RELEASED / name
    if place.exists():
        same = contents(place) == contents(made)
        shutil.rmtree(made)
        if not same:
            raise StoreError("released_folder_changed", report=name)
        return place
    _rename(made, place, reports)
    return place


def take_back(reports: Path, name: str) -> Path:
    """Out of the released ones, into the recalled ones; done before, nothing changes."""
    old, new = reports / RELEASED / name, reports / RECALLED / name
    if old.exists():
        _rename(old, new, reports)
    return new


def contents(folder: Path) -> dict[str, bytes]:
    """Path inside the folder → bytes, of every file in it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(READ_ONLY)


def _rename(old: Path, new: Path, reports: Path) -> None:
    try:
        new.parent.mkdir(parents=True, exist_ok=True)
        old.rename(new)
        _sync(new.parent)
    except OSError as error:
        raise _not_written(reports, error) from error


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _not_written(folder: Path, error: OSError) -> StoreError:
    return StoreError("report_not_written", folder=folder, problem=os.strerror(error.errno or 0))
