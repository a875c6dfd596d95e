"""A report is made again from the store as it stood at its cut-off, and held against what was
released.

Two ways, because a withdrawal deletes answers: from the results as they were kept, and from the
answers. Numbers that come out otherwise are named and never shown: shown, they would be a release
of their own, beside the one that they differ from.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Engine

from evaluation.design import Study
from evaluation.errors import EvaluationError, StoreError
from evaluation.language import Language
from evaluation.records.editions import State
from evaluation.records.estimates import Run
from evaluation.records.releases import Release
from evaluation.release import ReleasedFacts, build_reports, protect
from evaluation.release.report.kinds import kinds_of
from evaluation.release.rereading.files import read_lines
from evaluation.release.rereading.lines import (
    Difference,
    Line,
    UnreadableError,
    differences,
    in_common,
)
from evaluation.settings import Settings
from evaluation.store.editions import find_editions
from evaluation.store.engine import reading
from evaluation.store.events import last_change
from evaluation.store.releases import all_releases
from evaluation.store.withdrawals import withdrawn
from flows.asking_again import asked_again
from flows.comparison import run_of
from flows.releasing import earlier_reports, facts_of

MARK = re.compile(r"\b[0-9a-f]{16}\b")
ENOUGH = 0.5
"""A file that shares fewer lines with every known report is none of them."""


class Since(StrEnum):
    """What is not as it was when the report was made."""

    CODE = "code"
    PACKAGES = "packages"
    STUDY = "study"
    DATA = "data"
    WITHDRAWAL = "withdrawal"
    LATER = "later"  # files that came later: a report of its day does not count them


@dataclass(frozen=True, slots=True)
class Verified:
    """`altered`: where the file is not the released one; None: it is, or only a digest was given.
    `unreadable`: it is not, and cannot be read. `kept`: made from the kept results, the bytes are
    the released ones; `moved`: where not. `answers`: from the answers, every number is the same;
    None: they cannot be asked any more. `cells`: those that come out otherwise, with what was
    released. `failed`: why it cannot be made again at all, a message and its values."""

    release: Release
    state: State | None
    since: tuple[Since, ...]
    altered: tuple[Difference, ...] | None = None
    unreadable: bool = False
    kept: bool = False
    moved: tuple[Difference, ...] = ()
    answers: bool | None = None
    cells: tuple[tuple[str, str], ...] = ()
    failed: EvaluationError | None = None

    @property
    def identical(self) -> bool:
        return self.altered is None and not self.unreadable and self.kept and self.answers is True


def verify(
    engine: Engine,
    settings: Settings,
    study: Study,
    *,
    now: datetime,
    content: bytes | None = None,
    named: str = "",
) -> Verified:
    """`content`: of the file, with `named` its name; without it, `named` is a digest.

    StoreError: no report of this store is meant.
    """
    with reading(engine) as conn:
        releases = all_releases(conn, now)
        digest = named if content is None else hashlib.sha256(content).hexdigest()
        release = _known(releases, digest)
        altered = release is None and content is not None
        if release is None and content is not None:
            release = _meant(settings, releases, content, named)
        if release is None:
            raise StoreError("report_unknown")
        found = _made_again(conn, settings, study, release, now)
    if altered and content is not None:
        return _compared(found, original(settings, release), content)
    return found


def original(settings: Settings, release: Release) -> bytes | None:
    """The released bytes, where a copy of them still lies in the reports folder."""
    for path in sorted(settings.reports.rglob(f"*{release.digest[:16]}*")):
        content = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(content).hexdigest() == release.digest:
            return content
    return None


def _known(releases: Sequence[Release], digest: str) -> Release | None:
    found = [r for r in releases if r.digest.startswith(digest.lower())]
    return found[0] if len(found) == 1 else None


def _meant(
    settings: Settings, releases: Sequence[Release], content: bytes, name: str
) -> Release | None:
    """Which report an altered file was: by the digest in its name, else by what it says."""
    for mark in MARK.findall(Path(name).name):
        if release := _known(releases, mark):
            return release
    try:
        lines = read_lines(content)
    except UnreadableError:
        return None
    alike = [(in_common(said, lines), r) for r, said in _originals(settings, releases)]
    nearest = max(alike, key=lambda pair: (pair[0], pair[1].released_at), default=None)
    return nearest[1] if nearest and nearest[0] >= ENOUGH else None


def _originals(
    settings: Settings, releases: Sequence[Release]
) -> Iterator[tuple[Release, tuple[Line, ...]]]:
    for release in releases:
        if (content := original(settings, release)) is not None:
            yield release, read_lines(content)


def _compared(found: Verified, released: bytes | None, content: bytes) -> Verified:
    """Line by line with the released file; the bytes alone differ where no line does."""
    try:
        lines = read_lines(content)
    except UnreadableError:
        return replace(found, altered=(), unreadable=True)
    said = () if released is None else differences(read_lines(released), lines)
    return replace(found, altered=said)


def _made_again(
    conn: Connection, settings: Settings, study: Study, release: Release, now: datetime
) -> Verified:
    state, draft = _state(conn, release)
    try:
        kept = facts_of(conn, study, release.run)
        since = _since(conn, study, kept.comparison.run, now)
        found = Verified(release, state, since)
        earlier = earlier_reports(conn, release.run, now)
        facts = protect(kept, study.disclosure, earlier=earlier)
        found = _rendered_again(found, settings, study, facts, draft=draft)
        if Since.WITHDRAWAL in since:
            return found
        again = asked_again(conn, study, kept)
        facts = protect(again, study.disclosure, earlier=earlier)
        cells = _otherwise(release, dict(facts.ledger()))
        return replace(found, answers=not cells, cells=cells)
    except EvaluationError as error:
        return Verified(release, state, (), failed=error)


def _rendered_again(
    found: Verified, settings: Settings, study: Study, facts: ReleasedFacts, *, draft: bool
) -> Verified:
    """As each kind of report that the study has: which one it was is not kept with its digest."""
    release, say = found.release, Language(found.release.language)
    made = []
    for kind in kinds_of(study):
        (report,) = build_reports(
            facts, study, say, forms=(release.format,), kind=kind, draft=draft
        )
        if hashlib.sha256(report).hexdigest() == release.digest:
            return replace(found, kept=True)
        made.append(report)
    released = original(settings, release)
    if released is None:
        return found
    said = read_lines(released)
    return replace(found, moved=min((differences(said, read_lines(m)) for m in made), key=len))


def _state(conn: Connection, release: Release) -> tuple[State | None, bool]:
    """How far the report has come, and whether this file of it is a draft."""
    known = find_editions(conn, release.digest)
    given_out = any(file.digest == release.digest for e in known for file in e.released)
    return (known[-1].state if known else None), not given_out


def _since(conn: Connection, study: Study, run: Run, now: datetime) -> tuple[Since, ...]:
    today = run_of(conn, study, as_of=run.as_of, now=now)
    gone = bool(withdrawn(conn, now) - withdrawn(conn, run.started_at))
    same = {
        Since.CODE: today.code_version == run.code_version,
        Since.PACKAGES: today.versions == run.versions,
        Since.STUDY: today.study_digest == run.study_digest,
        Since.WITHDRAWAL: not gone,
        Since.DATA: gone or today.data_digest == run.data_digest,
        Since.LATER: last_change(conn, now) == run.as_of,
    }
    return tuple(since for since, holds in same.items() if not holds)


def _otherwise(release: Release, today: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Cells whose released text today's data would not give."""
    return tuple((key, text) for key, text in release.cells if today.get(key) != text)
