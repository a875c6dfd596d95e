"""Which sections a report of one kind holds, and which it should hold and does not.

The study says so (contents.yaml). A section that has nothing to tell, because nobody has written
its texts, is not there; where the study demands it, the report is a draft.
"""

from __future__ import annotations

from collections.abc import Callable

from evaluation.design import Contents, Study
from evaluation.errors import SettingsError, StudyError
from evaluation.language import Language
from evaluation.release import publication
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.blocks import Section
from evaluation.release.report.sections import FURTHER, SECTIONS

SectionBuilder = Callable[[ReleasedFacts, Study, Language], Section | None]

MARK = "*"  # stands in no file's name

UNNAMED = Contents(publication.UNNAMED, {})
"""Of a study that does not say: every section, none of them demanded."""


def kind_of(study: Study, id: str | None) -> Contents:
    """The kind of that id; without one, the first that the study has.

    SettingsError: there is none of that id.
    """
    if id is None:
        return next(iter(study.contents.values()), UNNAMED)
    known = study.contents or {UNNAMED.id: UNNAMED}
    if id not in known:
        raise SettingsError("unknown_kind", kind=id, known=", ".join(known))
    return known[id]


def kinds_of(study: Study) -> tuple[str, ...]:
    """The ids of all that the study has."""
    return tuple(study.contents) or (UNNAMED.id,)


def kind_name(kind: Contents, say: Language) -> str:
    return say.text(kind.name) if kind.name else say("report.kind")


def builders(kind: Contents) -> dict[str, SectionBuilder]:
    """By name, in the order of the report. StudyError: contents.yaml names what is not there."""
    known = {section_name(build): build for build in (*SECTIONS, *FURTHER)}
    named = (*kind.sections, *kind.demanded)
    if unknown := [name for name in named if name not in known]:
        raise StudyError(
            "unknown_reference",
            file="contents.yaml",
            key=kind.id,
            name=", ".join(unknown),
            known=", ".join(known),
        )
    if kind.sections:
        return {name: known[name] for name in kind.sections}
    return {section_name(build): build for build in SECTIONS}


def section_name(build: SectionBuilder) -> str:
    """That of its file."""
    return build.__module__.rpartition(".")[2]


def missing_sections(kind: Contents, built: dict[str, Section | None], say: Language) -> list[str]:
    """Titles of what the study demands and the report lacks."""
    lacking = (name for name in kind.demanded if built.get(name) is None)
    return [say(f"report.section.{name}") for name in lacking]
