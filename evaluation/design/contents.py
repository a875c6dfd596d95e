"""contents.yaml → which reports there are, what each holds, and without what it is a draft."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evaluation.design.authored import Authored
from evaluation.design.questionnaires import Texts
from evaluation.design.reading import Node, read_yaml

FILE = "contents.yaml"
CITING = ("conclusions", "recommendations")
FINDINGS = "results"
"""The sections that rest on findings, and the one in which every finding is told."""


@dataclass(frozen=True, slots=True)
class Contents:
    """One kind of report. `sections` by the names of their files, in order; none named: all.

    A report without one of `demanded` is marked as a draft.
    """

    id: str
    name: Texts
    sections: tuple[str, ...] = ()
    demanded: tuple[str, ...] = ()


def read_contents(root: Path, languages: tuple[str, ...], texts: Authored) -> dict[str, Contents]:
    """By id, the one that is written unless told otherwise first; {} where nothing is said."""
    path = root / FILE
    if not path.exists():
        return {}
    node = read_yaml(path, root)
    node.entries("kinds")
    kinds = [_kind(each, languages, texts) for each in node.at("kinds").each()]
    ids = [kind.id for kind in kinds]
    if not ids or len(set(ids)) < len(ids):
        raise node.at("kinds").fail("name_twice", names=", ".join(ids))
    return {kind.id: kind for kind in kinds}


def _kind(node: Node, languages: tuple[str, ...], texts: Authored) -> Contents:
    node.entries("id", "name", "sections", "demanded")
    kind = Contents(
        id=node.at("id").text(),
        name=node.at("name").texts(languages),
        sections=node.at("sections").words(),
        demanded=node.at("demanded").words(),
    )
    if not kind.id.isidentifier():  # it becomes a part of file names
        raise node.at("id").fail("not_an_identifier")
    named = set(kind.sections)
    if outside := [name for name in kind.demanded if named and name not in named]:
        raise node.at("demanded").fail(
            "unknown_reference", name=", ".join(outside), known=", ".join(kind.sections)
        )
    if texts.cited and named & set(CITING) and FINDINGS not in named:
        raise node.at("sections").fail(
            "finding_not_in_report", findings=", ".join(texts.cited), section=FINDINGS
        )
    return kind
