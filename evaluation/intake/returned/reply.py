"""A returned workbook comes in again: our own sheets are set apart, and reasons read from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from evaluation.intake.reading.sheets import Reading, Sheet
from evaluation.intake.returned.hidden import Key, Marker, key_of, marker_of
from evaluation.language import Language, languages

TITLES = ("returned.fix_first", "returned.everything")


@dataclass(frozen=True, slots=True)
class Reply:
    """`reasons`: (rule, field, person) → what the sender says. `sheets` are ours, to be looked
    through for personal data; `known`: the texts in them that we wrote ourselves."""

    batch: str = ""
    reasons: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    sheets: tuple[Sheet, ...] = ()
    known: Mapping[tuple[int | None, int], frozenset[str]] = field(default_factory=dict)

    def reason(self, rule: str, question: str, person: str) -> str:
        return self.reasons.get((rule, question, person), "")


NO_REPLY = Reply()


def set_apart(reading: Reading) -> tuple[Reading, Reply]:
    """The sender's own sheets, and what ours say. A file that was never returned is untouched."""
    ours = [(sheet, marker) for sheet in reading.sheets if (marker := _marker(sheet))]
    if not ours:
        return reading, NO_REPLY
    numbers = {sheet.number for sheet, _ in ours}
    theirs = tuple(sheet for sheet in reading.sheets if sheet.number not in numbers)
    findings = tuple(each for each in reading.findings if each.sheet not in numbers)
    titles = {Language(code)(key).casefold() for code in languages() for key in TITLES}
    reasons: dict[tuple[str, str, str], str] = {}
    known: dict[tuple[int | None, int], frozenset[str]] = {}
    for sheet, marker in ours:
        reasons |= _reasons(sheet, marker)
        for index, texts in _written_by_us(sheet, marker).items():
            known[sheet.number, index] = frozenset(texts)
    reply = Reply(
        batch=ours[0][1].batch,
        reasons=reasons,
        sheets=tuple(
            replace(sheet, name="") if sheet.name.casefold() in titles else sheet
            for sheet, _ in ours
        ),
        known=known,
    )
    return replace(reading, sheets=theirs, findings=findings), reply


def _marker(sheet: Sheet) -> Marker | None:
    return marker_of(sheet.columns[0].texts) if sheet.columns else None


def _rows(sheet: Sheet, marker: Marker) -> Iterator[tuple[Key | None, str, tuple[str, ...]]]:
    """(key where the row is as we wrote it, reason, the row's texts)."""
    for number in range(sheet.rows):
        texts = sheet.row(number)
        said = [text for place, text in enumerate(texts) if place not in (0, marker.reason)]
        reason = texts[marker.reason] if 0 < marker.reason < len(texts) else ""
        yield (key_of(texts[0], said) if texts[0] else None), reason, texts


def _reasons(sheet: Sheet, marker: Marker) -> dict[tuple[str, str, str], str]:
    """A reason at the first of several rows with one cause is given for all of them."""
    rows = [(key, reason) for key, reason, _ in _rows(sheet, marker) if key and key.rule]
    for_all = {key.cause: reason for key, reason in rows if key.head}
    given = {
        (key.rule, key.field, key.person): reason or for_all.get(key.cause, "")
        for key, reason in rows
    }
    return {about: reason for about, reason in given.items() if reason}


def _written_by_us(sheet: Sheet, marker: Marker) -> Mapping[int, set[str]]:
    """By column, the texts of rows that are as we wrote them; reasons are never ours."""
    known: dict[int, set[str]] = defaultdict(set)
    for key, _, texts in _rows(sheet, marker):
        if key is None:
            first = texts[0] if marker_of(texts[:1]) else ""
            known[0].add(first)
            continue
        for index, text in enumerate(texts):
            if not marker.reason or index != marker.reason:
                known[index].add(text)
    return known
