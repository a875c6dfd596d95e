"""One node of a study file: typed access that knows where it stands, so that errors can say so.

Every refusal names the file, the key as one would walk to it (`fields[3].need`) and the reason.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import yaml

from evaluation.design.questionnaires import Texts
from evaluation.errors import StudyError

Kind = TypeVar("Kind", bound=StrEnum)


# libyaml reads a study ten times faster, and every task of a flow reads it.
_Safe: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):  # type: ignore[valid-type, misc]
    """Refuses a key written twice, which YAML itself passes over in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key}: written twice", key_node.start_mark
                )
            seen.add(key)
        read: dict[object, object] = super().construct_mapping(node, deep)
        return read


@dataclass(frozen=True, slots=True)
class Node:
    file: str
    key: str
    value: object

    def fail(self, rule: str, **values: object) -> StudyError:
        return StudyError(rule, file=self.file, key=self.key or "–", **values)

    def entries(self, *allowed: str) -> Mapping[str, object]:
        """The node as a mapping, with no key beyond `allowed` (where any is given)."""
        if not isinstance(self.value, dict):
            raise self.fail("not_a_mapping")
        for key in self.value:
            if allowed and key not in allowed:
                raise self.at(str(key)).fail("unknown_key", known=", ".join(allowed))
        return self.value

    def at(self, key: str) -> Node:
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return Node(self.file, f"{self.key}.{key}" if self.key else key, value)

    def has(self, key: str) -> bool:
        return self.at(key).value is not None

    def each(self) -> Iterator[Node]:
        if not isinstance(self.value, list):
            raise self.fail("not_a_list")
        for index, value in enumerate(self.value, start=1):
            yield Node(self.file, f"{self.key}[{index}]", value)

    def text(self) -> str:
        if isinstance(self.value, bool) or not isinstance(self.value, (str, int, float)):
            raise self.fail("missing_key" if self.value is None else "not_a_text")
        return str(self.value).strip()

    def integer(self) -> int:
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.fail("missing_key" if self.value is None else "not_a_whole_number")
        return self.value

    def number(self) -> float:
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            raise self.fail("missing_key" if self.value is None else "not_a_number")
        return float(self.value)

    def yes(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.fail("not_yes_or_no")
        return self.value

    def day(self) -> date:
        if isinstance(self.value, date):
            return self.value
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            raise self.fail("not_a_date") from None

    def one_of(self, kind: type[Kind]) -> Kind:
        try:
            return kind(self.text())
        except ValueError:
            raise self.fail("not_one_of", known=", ".join(kind)) from None

    def words(self) -> tuple[str, ...]:
        return tuple(node.text() for node in self.each()) if self.value is not None else ()

    def texts(self, languages: tuple[str, ...]) -> Texts:
        """One text a language; a plain text is the same in all of them."""
        if not isinstance(self.value, dict):
            said = self.text()
            return dict.fromkeys(languages, said)
        for language in languages:
            if not self.has(language):
                raise self.fail("missing_language", language=language)
        return {language: self.at(language).text() for language in languages}


def read_yaml(path: Path, root: Path) -> Node:
    file = str(path.relative_to(root))
    try:
        # The subclass only adds a check; it constructs nothing a SafeLoader would not.
        value = yaml.load(path.read_text("utf-8"), Loader=_Loader)
    except FileNotFoundError:
        raise StudyError("file_missing", file=file, key="–") from None
    except UnicodeDecodeError:
        raise StudyError("not_utf8", file=file, key="–") from None
    except yaml.YAMLError as error:
        raise StudyError("not_yaml", file=file, key=_line_of(error)) from None
    node = Node(file, "", value)
    node.entries()
    return node


def _line_of(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark else "–"


def read_csv(path: Path, root: Path, columns: tuple[str, ...]) -> list[Node]:
    """A row a node, its key the line in the file; [] where the file is not there."""
    file = str(path.relative_to(root))
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened, strict=True)
            rows = [(reader.line_num, row) for row in reader]
    except (UnicodeDecodeError, csv.Error):
        raise StudyError("not_csv", file=file, key="–") from None
    if missing := [name for name in columns if name not in (reader.fieldnames or ())]:
        raise StudyError("columns_missing", file=file, key="line 1", columns=", ".join(missing))
    nodes = []
    for line, row in rows:
        if None in row or None in row.values():
            raise StudyError("row_ragged", file=file, key=f"line {line}")
        nodes.append(Node(file, f"line {line}", {name: row[name].strip() or None for name in row}))
    return nodes
