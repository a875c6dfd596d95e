"""What stands outside of the cells, looked through: comments, names, properties, the file's name.

Excel writes its user's name into every file it makes. Nobody is refused for that: whoever sends
the file is told how to take it out, and we never keep it. All else counts as if it stood in a cell.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from evaluation.intake.privacy import initials, mail, patronymic
from evaluation.intake.privacy.letters import CAPITALISED
from evaluation.intake.privacy.scan import found_at, kinds_in
from evaluation.intake.privacy.wordlists import ordinary
from evaluation.intake.reading.package_parts import Part
from evaluation.records.findings import Effect, Finding, Severity

NAMES = frozenset({patronymic.KIND, initials.KIND, mail.KIND})
"""What an author's property may hold without harm to any child."""
FULL_NAME = re.compile(rf"{CAPITALISED}+(?:[ -]{CAPITALISED}+){{1,3}}")
AUTHORS = "authors_that_are_programmes"
CELL = re.compile(r"([A-Z]+)(\d+)")


def scan_parts(
    parts: Iterable[Part], *, words: Collection[str], last_birth_year: int | None
) -> tuple[Finding, ...]:
    findings: dict[tuple[object, ...], Finding] = {}
    for part in parts:
        if part.text in words:
            continue
        for finding in _in_part(part, last_birth_year):
            place = (finding.rule, finding.sheet, finding.row, finding.column, str(finding.values))
            findings.setdefault(place, finding)
    return tuple(findings.values())


def scan_file_name(name: str, *, last_birth_year: int | None) -> tuple[Finding, ...]:
    """The name is looked at and thrown away, so the file itself is not refused for it."""
    words = re.sub(r"[_+]", " ", name.rsplit(".", 1)[0])
    named = kinds_in((words, name), last_birth_year) or re.search(
        rf"(?<!\w){CAPITALISED}+(?:ов|ев|ин)а? (?:{CAPITALISED}{{2,}}|[А-ЯЁA-Z](?!\w))", words
    )
    if not named:
        return ()
    return (Finding("personal_file_name", Severity.PLEASE_CHECK, Effect.NOTE),)


def _in_part(part: Part, last_birth_year: int | None) -> Iterator[Finding]:
    kinds = {kind for _, kind in kinds_in((part.text,), last_birth_year)}
    if part.place == "author":
        if kinds & NAMES or _is_full_name(part.text):
            yield Finding("author_in_file", Severity.INFORMATION, Effect.NOTE)
        kinds -= NAMES
    for kind in sorted(kinds):
        finding = found_at(kind, sheet=part.sheet)
        if cell := CELL.fullmatch(part.cell or ""):
            finding = replace(finding, column=cell[1], row=int(cell[2]))
        yield replace(finding, values={"kind": kind, "place": part.place})


def _is_full_name(text: str) -> bool:
    name = " ".join(text.split())
    return bool(FULL_NAME.fullmatch(name)) and name.lower() not in ordinary(AUTHORS)
