"""One part of texts/: its numbered entries in the outline, and its words in every language.

A part is refused as a whole where an id stands twice, or where a language has words that belong
to no entry: they would be lost without anybody noticing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.design.questionnaires import Texts
from evaluation.design.reading import Node

OUTLINE = {
    "questions": ("id", "criterion"),
    "actors": ("id",),
    "theory": ("id", "leads_to"),
    "conclusions": ("id", "criterion", "findings"),
    "lessons": ("id", "findings"),
    "recommendations": ("id", "deadline", "priority", "findings"),
    "decisions": ("id", "deadline"),
}
"""The parts made of numbered entries, and what an entry says in no language."""

WORDS = {
    "questions": ("question", "indicator", "source"),
    "actors": ("name", "role"),
    "recommendations": ("text", "addressee"),
    "decisions": ("text", "who"),
}
"""Of the parts whose entries say several things; those of the others are one text."""

PROSE = ("context", "approach", "purpose", "not_covered")


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its entries in the outline, and its words in every language's file."""

    outline: tuple[Node, ...]
    pages: Mapping[str, Node]

    def words(self, id: str, *keys: str) -> Texts:
        """The text of an entry, or one of the several that it has."""
        said = {}
        for code, page in self.pages.items():
            node = page.at(id)
            for key in keys:
                node = node.at(key)
            said[code] = node.text()
        return said


def read_part(name: str, outline: Node, pages: Mapping[str, Node]) -> Part:
    """Refuses ids that stand twice, and words for ids that the outline does not have."""
    node = outline.at(name)
    entries = tuple(node.each()) if outline.has(name) else ()
    for entry in entries:
        entry.entries(*OUTLINE[name])
    ids = [entry.at("id").text() for entry in entries]
    if len(set(ids)) < len(ids):
        raise node.fail("name_twice", names=", ".join(ids))
    for page in pages.values():
        if page.has(name):
            _no_others(page.at(name), ids, WORDS.get(name, ()))
    return Part(entries, {code: page.at(name) for code, page in pages.items()})


def _no_others(node: Node, ids: list[str], words: tuple[str, ...]) -> None:
    """A comma forgotten between braces makes a key of half a sentence, which would be lost."""
    for id in node.entries(*(ids or ("–",))):
        if words:
            node.at(id).entries(*words)
