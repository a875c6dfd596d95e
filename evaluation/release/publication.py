"""Reports on disk: one file per content, never changed, and a stable name for the newest.

The stable name always shows a whole report: it is put in place by one rename, after the bytes
have reached the disk.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evaluation.errors import StoreError

FORMS = {
    "html": "{kind}-report.{mark}.html",
    "pdf": "{kind}-report.{mark}.pdf",
    "docx": "{kind}-report.{mark}.docx",
    "page": "{kind}-at-a-glance.{mark}.pdf",
}
"""What a report is written as, and what its file is called; the page is one sheet of paper."""

UNNAMED = "progress"
"""The kind of report of a study that names none."""


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """`path` is the stable name; `copy` the file that keeps exactly these bytes for good."""

    language: str
    form: str
    path: Path
    copy: Path
    sha256: str


def publish_report(
    report: bytes, *, folder: Path, language: str, form: str = "html", kind: str = UNNAMED
) -> PublishedReport:
    """Writing the same report again changes nothing. StoreError: the folder cannot be written."""
    digest = hashlib.sha256(report).hexdigest()
    path = folder / file_name(form, kind, language)
    copy = folder / file_name(form, kind, f"{language}.{digest[:16]}")
    for target in (copy, path):
        write_whole(report, target)
    return PublishedReport(language, form, path, copy, digest)


def file_name(form: str, kind: str, mark: str) -> str:
    """`mark`: the language, and a piece of the digest in names that never change."""
    return FORMS[form].format(kind=kind.replace("_", "-"), mark=mark)


def kind_named(name: str, kinds: Iterable[str]) -> str | None:
    """The kind whose file is called so."""
    named = ((kind, file_name(form, kind, "")) for kind in kinds for form in FORMS)
    return next((kind for kind, so in named if name.startswith(so.partition(".")[0] + ".")), None)


def write_whole(content: bytes, target: Path) -> None:
    """StoreError: the folder cannot be written."""
    folder = target.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(content, target)
    except OSError as error:
        problem = os.strerror(error.errno or 0)
        raise StoreError("report_not_written", folder=folder, problem=problem) from error


def _write(content: bytes, target: Path) -> None:
    """All of it under the final name, or nothing: also when the disk fills up or power fails."""
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            temporary.chmod(0o644)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """The rename itself is kept only once the folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
