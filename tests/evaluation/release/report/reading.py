"""How this folder's tests make a document and find their way in it."""

from __future__ import annotations

from typing import TypeVar

from evaluation.language import Language
from evaluation.release.report.blocks import Document, Figure, Section, Table
from evaluation.release.report.document import build_document
from tests.evaluation.release import given

ENGLISH = Language("en")


def document(**changes: object) -> Document:
    made = {"found": given.comparison(), "of": given.study(), "say": ENGLISH, **changes}
    released = given.released(made["found"], made["of"])  # type: ignore[arg-type]
    return build_document(released, made["say"], made["of"])  # type: ignore[arg-type]


def section(made: Document, id: str) -> Section:
    return next(section for section in made.sections if section.id == id)


Kind = TypeVar("Kind")


def blocks(made: Document, id: str, kind: type[Kind]) -> list[Kind]:
    return [block for block in section(made, id).blocks if isinstance(block, kind)]


def tables(made: Document) -> dict[str, Table]:
    return {b.id: b for s in made.sections for b in s.blocks if isinstance(b, Table)}


def figures(made: Document) -> list[Figure]:
    return [b for s in made.sections for b in s.blocks if isinstance(b, Figure)]
