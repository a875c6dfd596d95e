"""Where and when a row was asked: its region by today's map, its wave, its site.

A site knows its region better than the person who types: the reform of 2022 moved sites, and a
row counts where its site lies now, so that both waves agree (domain.md §4.2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.design import Level, Study
from evaluation.intake.opened import Opened, Sender
from evaluation.intake.recognise.answers import Answers
from evaluation.intake.recognise.folding import plain
from evaluation.records.findings import Effect, Finding, Severity


@dataclass(frozen=True, slots=True)
class Places:
    """`region` and `wave`: of the batch ("" and None where rows differ). The arrays: of each row,
    None where it could not be told. `sessions_planned` is that of the row's site."""

    region: str
    wave: int | None
    regions: NDArray[np.object_]
    waves: NDArray[np.object_]
    sessions_planned: NDArray[np.object_]
    findings: tuple[Finding, ...]


def find_places(opened: Opened, study: Study, sender: Sender) -> Places:
    identity = opened.instrument.identity
    regions = tuple(study.regions)
    waves = tuple(str(each.id) for each in study.waves)
    said_wave = None if sender.wave is None else str(sender.wave)
    said_region = _code_of(sender.region, study)
    said = (
        _of_rows(opened, identity.region, said_region, regions, "region"),
        _of_rows(opened, identity.wave, said_wave, waves, "wave"),
    )
    (batch_region, row_regions, found), (batch_wave, row_waves, found_too) = said
    site_regions, planned, found_sites = _sites(opened, study, row_regions)
    return Places(
        region=batch_region or "",
        wave=int(batch_wave) if batch_wave else None,
        regions=site_regions,
        waves=row_waves,
        sessions_planned=planned,
        findings=(*found, *found_too, *found_sites),
    )


def _code_of(region: str | None, study: Study) -> str | None:
    """The region's code, where the sender said its name."""
    if region is None or region in study.regions:
        return region
    named = [
        each.code
        for each in study.regions.values()
        if plain(region) in {plain(word) for word in (each.iso, *each.name.values(), *each.aliases)}
    ]
    return named[0] if len(named) == 1 else region


def _of_rows(
    opened: Opened, name: str | None, said: str | None, known: tuple[str, ...], what: str
) -> tuple[str | None, NDArray[np.object_], tuple[Finding, ...]]:
    """(of the batch, of each row, findings) for the region or the wave."""
    rows = len(opened.rows)
    if name and opened.instrument.field(name).level is Level.BATCH:
        value = opened.card.get(name)
        return value, np.full(rows, value, dtype=object), ()
    answers = opened.of(name)
    if answers is not None:
        return None, answers.texts(), _others(opened, answers, said, what)
    if said is None and len(known) == 1:
        said = known[0]
    if (said is None and known) or (said is not None and said not in known):
        missing = Finding(f"{what}_missing", Severity.MUST_FIX, Effect.REFUSE)
        return None, np.full(rows, None, dtype=object), (missing,)
    return said, np.full(rows, said or "", dtype=object), ()


def _others(opened: Opened, answers: Answers, said: str | None, what: str) -> tuple[Finding, ...]:
    """Rows that name another region or wave than the one the file was sent for."""
    if said is None:
        return ()
    others = [text is not None and text != said for text in answers.texts()]
    return tuple(
        opened.place(f"other_{what}", Effect.REFUSE, int(row), answers)
        for row in np.flatnonzero(others)[:1]
    )


def _sites(
    opened: Opened, study: Study, regions: NDArray[np.object_]
) -> tuple[NDArray[np.object_], NDArray[np.object_], tuple[Finding, ...]]:
    """Each row's region by its site, the sessions planned there, and sites that cannot be."""
    planned = np.full(len(regions), None, dtype=object)
    answers = opened.of(opened.instrument.identity.site)
    if answers is None or not study.sites:
        return regions, planned, ()
    regions = regions.copy()
    findings: list[Finding] = []
    for number, meant in enumerate(answers.meant):
        rows = answers.where(number)
        if meant.text is None or not len(rows) or not _site_like(answers, meant.text):
            continue
        site = study.sites.get(meant.text)
        if site is None:
            findings += [opened.place("unknown_site", Effect.REFUSE, r, answers) for r in rows]
            continue
        lineage = {site.region, study.regions[site.region].predecessor, None}
        strangers = [row for row in rows if regions[row] not in lineage]
        findings += [opened.place("other_site", Effect.REFUSE, r, answers) for r in strangers]
        regions[rows] = site.region
        planned[rows] = site.sessions_planned
    return regions, planned, tuple(findings)


def _site_like(answers: Answers, text: str) -> bool:
    """A text of another form than a site's code is a slip of the pen, and holds only its row."""
    return re.fullmatch(answers.field.pattern or ".*", text) is not None
