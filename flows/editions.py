"""A report on its way out: handed in, approved by a second person, given out, called back.

Whatever is rendered on the way is entered in the ledger first, drafts too: somebody reads them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine

from evaluation.design import Study
from evaluation.errors import SettingsError, StoreError
from evaluation.language import languages
from evaluation.records.editions import Edition, EditionFile, Move, Why, check_move, edition_id
from evaluation.records.estimates import Run
from evaluation.release import FORMS
from evaluation.release.bundle import prepare_bundle, put_in_place, take_back
from evaluation.release.manifest import NAME, manifest
from evaluation.release.package import build_package
from evaluation.release.publication import file_name, kind_named
from evaluation.release.report.kinds import kinds_of
from evaluation.settings import Settings
from evaluation.store.editions import add_edition, find_editions, load_edition, move_edition
from evaluation.store.engine import reading, writing
from evaluation.store.estimates import load_comparison
from evaluation.store.withdrawals import withdrawn
from flows.releasing import Composed, Rendered, compose, entered, put_out

SHORTEST = 8
"""Signs of a digest that a person may shorten it to."""


def submit(
    engine: Engine,
    settings: Settings,
    study: Study,
    *,
    run: str,
    now: datetime,
    actor: str,
    kind: str | None = None,
) -> Edition:
    """Handed in as it is made today, in every language and format; the drafts are written anew."""
    require_nobody_left(engine, run, now)
    composed = _composed(engine, settings, study, run=run, now=now, kind=kind)
    made = _rendered(engine, settings, study, composed, now=now, draft=True)
    for each in made:
        put_out(each, settings)
    files = files_of(made)
    edition = Edition(edition_id(run, files), run, files, ())
    with writing(engine) as conn:
        add_edition(conn, edition)
        return move_edition(conn, edition, Move.SUBMIT, at=now, actor=actor)


def decide(engine: Engine, edition: Edition, move: Move, *, now: datetime, actor: str) -> Edition:
    """`approve` or `return`: nothing is written but the decision."""
    with writing(engine) as conn:
        return move_edition(conn, edition, move, at=now, actor=actor)


def publish(
    engine: Engine,
    settings: Settings,
    study: Study,
    edition: Edition,
    *,
    now: datetime,
    actor: str,
) -> Edition:
    """The approved report without the mark of a draft, in a folder that is there whole or not.

    StoreError: today's programme or study would make another report than the approved one, or
    somebody has withdrawn since.
    """
    check_move(edition, Move.PUBLISH, actor)
    require_nobody_left(engine, edition.run, now)
    kind = kind_named(edition.drafts[0].name, kinds_of(study))

    composed = _composed(engine, settings, study, run=edition.run, now=now, kind=kind)
    drafts = _rendered(engine, settings, study, composed, now=now, draft=True)
    if edition_id(edition.run, files_of(drafts)) != edition.id:
        raise StoreError("release_changed", report=edition.short)
    made = _rendered(engine, settings, study, composed, now=now, draft=False)
    with reading(engine) as conn:
        run = load_comparison(conn, edition.run).run
    contents, files = _contents(edition, run, study, made)
    prepared = prepare_bundle(contents, settings.reports, edition.short)
    with writing(engine) as conn:
        moved = move_edition(conn, edition, Move.PUBLISH, at=now, actor=actor, released=files)
        # Last, so that where it fails nothing is said to be released.
        put_in_place(prepared, settings.reports, edition.short)
    return moved


def _contents(
    edition: Edition, run: Run, study: Study, made: Sequence[Rendered]
) -> tuple[dict[str, bytes], tuple[EditionFile, ...]]:
    """Everything that is given out, by its name, and the list of it."""
    first = made[0]
    files = files_of(made)
    contents = {file.name: content for file, content in zip(files, _bytes(made), strict=True)}
    data = build_package(first.facts, study, languages(), kind=first.kind)
    files = (*files, *(EditionFile(name, _digest(data[name])) for name in data))
    said = manifest(edition, run, first.facts, files, kind=first.kind)
    files = (*files, EditionFile(NAME, _digest(said)))
    return {**contents, **data, NAME: said}, files


def recall(
    engine: Engine, settings: Settings, edition: Edition, *, why: Why, now: datetime, actor: str
) -> Edition:
    """Its folder goes to the recalled ones; copies that left the house are beyond our reach."""
    with writing(engine) as conn:
        moved = move_edition(conn, edition, Move.RECALL, at=now, actor=actor, why=why)
        take_back(settings.reports, edition.short)
    return moved


def require_nobody_left(engine: Engine, run: str, now: datetime) -> None:
    """StoreError: a child whose answers are in this run has, or may have, withdrawn since."""
    with reading(engine) as conn:
        started = load_comparison(conn, run).run.started_at
        if withdrawn(conn, now) - withdrawn(conn, started):
            raise StoreError("release_withdrawn")


def edition_named(engine: Engine, digest: str) -> Edition:
    """By its own number or by the digest of one of its files, shortened or not.

    SettingsError: there is none, or several.
    """
    if len(digest) < SHORTEST:
        raise SettingsError("digest_too_short", shortest=SHORTEST)
    with reading(engine) as conn:
        found = find_editions(conn, digest.lower())
        if len(found) != 1:
            raise SettingsError("release_ambiguous" if found else "release_not_submitted")
        return load_edition(conn, found[0].id)


def _composed(
    engine: Engine,
    settings: Settings,
    study: Study,
    *,
    run: str,
    now: datetime,
    kind: str | None,
) -> Composed:
    return compose(engine, settings, study, run=run, languages=languages(), now=now, kind=kind)


def _rendered(
    engine: Engine,
    settings: Settings,
    study: Study,
    composed: Composed,
    *,
    now: datetime,
    draft: bool,
) -> tuple[Rendered, ...]:
    return entered(engine, settings, study, composed, now=now, forms=tuple(FORMS), draft=draft)


def files_of(made: Sequence[Rendered]) -> tuple[EditionFile, ...]:
    return tuple(
        EditionFile(_name(each, form, digest), digest, each.language, form)
        for each in made
        for form, report in each.files
        for digest in (_digest(report),)
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _bytes(made: Sequence[Rendered]) -> list[bytes]:
    return [report for each in made for _, report in each.files]


def _name(made: Rendered, form: str, digest: str) -> str:
    return file_name(form, made.kind, f"{made.language}.{digest[:16]}")
