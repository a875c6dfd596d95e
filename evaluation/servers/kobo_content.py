"""Whether a form on KoboToolbox asks what ours asks: compared line by line, text by text.

KoboToolbox gives versions of its own, so that a number tells nothing. What it writes otherwise than
we did makes a form differ that is the same; it is then brought in once more, which does no harm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.servers.deploying import OwnForm
from evaluation.servers.submissions import listed, member

TEXTS = ("label", "hint", "constraint_message")
RULES = ("constraint", "relevant")

Question = tuple[str, ...]


def same_content(content: Any, own: OwnForm) -> bool:
    translations = [str(each) for each in member(content, "translations") or ()]
    theirs = (
        [_theirs(line, translations) for line in listed(content, "survey") if _asks(line)],
        [_theirs(line, translations) for line in listed(content, "choices")],
    )
    ours = (
        [_ours(line) for line in own.survey if _asks(line)],
        [_ours(line) for line in own.choices],
    )
    return theirs == ours


def _asks(line: Mapping[str, Any]) -> bool:
    return not str(line.get("type", "")).startswith("end_")


def _theirs(line: Mapping[str, Any], translations: Sequence[str]) -> Question:
    texts = {
        f"{name}::{translation}": text
        for name in TEXTS
        for translation, text in zip(translations, _as_list(line.get(name)), strict=False)
    }
    kind = f"{line.get('type', '')} {line.get('select_from_list_name', '')}"
    return _question(kind, line, texts)


def _ours(line: Mapping[str, str]) -> Question:
    texts = {name: text for name, text in line.items() if name.partition("::")[0] in TEXTS}
    return _question(line.get("type", ""), line, texts)


def _question(kind: str, line: Mapping[str, Any], texts: Mapping[str, Any]) -> Question:
    name = line.get("name") or line.get("$autoname")
    said = (kind, line.get("list_name"), name, *(line.get(rule) for rule in RULES))
    translated = sorted((where, _plain(text)) for where, text in texts.items() if _plain(text))
    return (*(_plain(each) for each in said), *(part for pair in translated for part in pair))


def _plain(text: object) -> str:
    return " ".join(str(text or "").split())


def _as_list(said: object) -> Sequence[object]:
    return said if isinstance(said, list) else [said]
