"""texts/ of the study → `Authored`, or a refusal that names the file and the key.

Apart from the nouns, because sections read those and nobody else reads files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from evaluation.design.authored import (
    APPROACH,
    FURTHER_FINDINGS,
    MOST_RECOMMENDATIONS,
    NOTHING,
    Actor,
    Authored,
    Conclusion,
    Criterion,
    Decision,
    Lesson,
    Link,
    Priority,
    Question,
    Recommendation,
)
from evaluation.design.authored_parts import OUTLINE, PROSE, Part, read_part
from evaluation.design.questionnaires import Texts
from evaluation.design.reading import Node, read_yaml

FOLDER = "texts"


def read_authored(root: Path, languages: tuple[str, ...], outcomes: tuple[str, ...]) -> Authored:
    """`outcomes`: ids of the plan, which the texts may cite; nothing where there is no texts/."""
    folder = root / FOLDER
    if not folder.is_dir():
        return NOTHING
    outline = read_yaml(folder / "outline.yaml", root)
    outline.entries(*OUTLINE)
    pages = {code: read_yaml(folder / f"{code}.yaml", root) for code in languages}
    for page in pages.values():
        page.entries(*PROSE, *OUTLINE)
    parts = {name: read_part(name, outline, pages) for name in OUTLINE}
    known = (*outcomes, *FURTHER_FINDINGS)
    return Authored(
        context=_paragraphs("context", pages),
        approach=_approach(pages),
        purpose=_paragraphs("purpose", pages),
        not_covered=_sentence("not_covered", pages),
        questions=_questions(parts["questions"]),
        actors=_actors(parts["actors"]),
        theory=_theory(parts["theory"]),
        conclusions=_conclusions(parts["conclusions"], known),
        lessons=_lessons(parts["lessons"], known),
        recommendations=_recommendations(parts["recommendations"], known),
        decisions=_decisions(parts["decisions"]),
        digest=_digest(folder),
    )


def _paragraphs(name: str, pages: Mapping[str, Node]) -> tuple[Texts, ...]:
    if not any(page.has(name) for page in pages.values()):
        return ()
    said = {code: _list(page.at(name)) for code, page in pages.items()}
    longest = max(map(len, said.values()))
    for code, page in pages.items():
        if len(said[code]) < longest:
            raise page.at(f"{name}[{len(said[code]) + 1}]").fail("missing_key")
    return tuple({code: said[code][n] for code in pages} for n in range(longest))


def _list(node: Node) -> tuple[str, ...]:
    if node.value is None:
        raise node.fail("missing_key")
    return node.words()


def _sentence(name: str, pages: Mapping[str, Node]) -> Texts | None:
    if not any(page.has(name) for page in pages.values()):
        return None
    return {code: page.at(name).text() for code, page in pages.items()}


def _approach(pages: Mapping[str, Node]) -> dict[str, Texts] | None:
    if not any(page.has("approach") for page in pages.values()):
        return None
    for page in pages.values():
        page.at("approach").entries(*APPROACH)
    return {
        item: {code: page.at("approach").at(item).text() for code, page in pages.items()}
        for item in APPROACH
    }


def _id(entry: Node) -> str:
    return entry.at("id").text()


def _questions(part: Part) -> tuple[Question, ...]:
    return tuple(
        Question(
            id=_id(entry),
            criterion=entry.at("criterion").one_of(Criterion),
            question=part.words(_id(entry), "question"),
            indicator=part.words(_id(entry), "indicator"),
            source=part.words(_id(entry), "source"),
        )
        for entry in part.outline
    )


def _actors(part: Part) -> tuple[Actor, ...]:
    ids = map(_id, part.outline)
    return tuple(Actor(part.words(id, "name"), part.words(id, "role")) for id in ids)


def _theory(part: Part) -> tuple[Link, ...]:
    """Arrows lead only to later boxes: a circle could not be drawn from cause to effect."""
    ids = [_id(entry) for entry in part.outline]
    links = []
    for place, entry in enumerate(part.outline):
        leads_to = entry.at("leads_to")
        later = ids[place + 1 :]
        if wrong := [id for id in leads_to.words() if id not in later]:
            known = ", ".join(later) or "–"
            raise leads_to.fail("unknown_reference", name=", ".join(wrong), known=known)
        links.append(Link(ids[place], part.words(ids[place]), leads_to.words()))
    return tuple(links)


def _conclusions(part: Part, known: tuple[str, ...]) -> tuple[Conclusion, ...]:
    return tuple(
        Conclusion(
            id=_id(entry),
            criterion=entry.at("criterion").one_of(Criterion),
            text=part.words(_id(entry)),
            findings=_findings(entry, known),
        )
        for entry in part.outline
    )


def _lessons(part: Part, known: tuple[str, ...]) -> tuple[Lesson, ...]:
    return tuple(
        Lesson(_id(entry), part.words(_id(entry)), _findings(entry, known))
        for entry in part.outline
    )


def _recommendations(part: Part, known: tuple[str, ...]) -> tuple[Recommendation, ...]:
    if len(part.outline) > MOST_RECOMMENDATIONS:
        raise part.outline[MOST_RECOMMENDATIONS].fail("too_many", most=MOST_RECOMMENDATIONS)
    return tuple(
        Recommendation(
            id=_id(entry),
            text=part.words(_id(entry), "text"),
            addressee=part.words(_id(entry), "addressee"),
            deadline=entry.at("deadline").day(),
            priority=entry.at("priority").one_of(Priority),
            findings=_findings(entry, known),
        )
        for entry in part.outline
    )


def _decisions(part: Part) -> tuple[Decision, ...]:
    return tuple(
        Decision(
            text=part.words(_id(entry), "text"),
            who=part.words(_id(entry), "who"),
            deadline=entry.at("deadline").day(),
        )
        for entry in part.outline
    )


def _findings(entry: Node, known: tuple[str, ...]) -> tuple[str, ...]:
    """At least one: a sentence that rests on nothing is an opinion."""
    node = entry.at("findings")
    cited = node.words()
    if not cited:
        raise node.fail("missing_key")
    if gone := [name for name in cited if name not in known]:
        raise node.fail("unknown_finding", name=", ".join(gone), known=", ".join(known))
    return cited


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
