"""The personal data gate: everything that a file says, looked through with what the study knows.

Its answer is the same whether or not the file turned out to be a questionnaire: a list of names
sent by mistake is no questionnaire, and a near miss all the more.
"""

from __future__ import annotations

from evaluation.design import Study
from evaluation.errors import DeliveryError
from evaluation.intake.privacy.birth import birth_year_before
from evaluation.intake.privacy.outside import scan_file_name, scan_parts
from evaluation.intake.privacy.scan import Known, scan
from evaluation.intake.reading.files import read_file
from evaluation.intake.reading.sheets import Reading
from evaluation.intake.recognise.vocabulary import word_counter
from evaluation.records.findings import Effect, Finding


def look_through(reading: Reading, known: Known, study: Study) -> tuple[Finding, ...]:
    """Every sheet, hidden ones too, and everything outside of the cells. `known` as in `scan`."""
    words, last = study_words(study), last_birth_year(study)
    names = {sheet.name for sheet in reading.sheets}  # looked at with their sheets
    parts = (part for part in reading.parts if part.text not in names)
    return (
        *scan(reading.sheets, known, words=words, last_birth_year=last),
        *scan_parts(parts, words=words, last_birth_year=last),
    )


def look_through_unopened(content: bytes, study: Study) -> tuple[Finding, ...]:
    """What refuses a file in which no questionnaire was found; nothing where it is unreadable or
    holds more texts than can be looked through."""
    try:
        reading = read_file(content, study.intake, word_counter(study))
    except DeliveryError:
        return ()
    if reading.distinct > study.intake["distinct"]:
        return ()
    found = look_through(reading, {}, study)
    return tuple(finding for finding in found if finding.effect is Effect.REFUSE)


def look_at_name(name: str | None, study: Study) -> tuple[Finding, ...]:
    """The name of an uploaded file, which is kept nowhere."""
    return () if name is None else scan_file_name(name, last_birth_year=last_birth_year(study))


def last_birth_year(study: Study) -> int | None:
    starts = [wave.start for wave in study.waves if wave.start]
    return birth_year_before(min(starts, default=None))


def study_words(study: Study) -> frozenset[str]:
    """Every text of the study's own: questions, answers, regions and what else they are called."""
    words: set[str] = set(study.title.values())
    for region in study.regions.values():
        words |= {*region.name.values(), *region.aliases}
    for wave in study.waves:
        words |= {*wave.name.values(), *wave.aliases}
    for instrument in study.instruments.values():
        words |= {*instrument.title.values()}
        for field in instrument.fields:
            words |= {*field.header.values(), *field.aliases}
            for choice in field.choices.choices if field.choices else ():
                words |= {*choice.label.values(), *choice.aliases}
    return frozenset(words)
