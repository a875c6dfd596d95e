"""Forms on servers as somebody names them: one on the command line, or a list that is kept."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation.errors import SettingsError

COLUMNS = ("tool", "server", "project", "form", "dataset", "region", "wave")


@dataclass(frozen=True, slots=True)
class FormAt:
    """What is None is not said: then the form is called like the dataset (ODK Central), the dataset
    is the plan's, and region and wave are what was answered."""

    tool: str
    server: str
    form: str | None = None
    project: int | None = None
    dataset: str | None = None
    region: str | None = None
    wave: int | None = None


def read_sources(path: Path | None) -> tuple[FormAt, ...]:
    """The forms of a list, a line each; none where there is no list. Secrets stand in none."""
    if path is None:
        return ()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True, restkey="", restval="")
            names, rows = tuple(reader.fieldnames or ()), list(reader)
    except (OSError, UnicodeDecodeError, csv.Error):
        raise SettingsError("sources_unreadable", columns=", ".join(COLUMNS)) from None
    if not {"tool", "server"} <= set(names) <= set(COLUMNS):
        raise SettingsError("sources_unreadable", columns=", ".join(COLUMNS))
    return tuple(_form(row, line) for line, row in enumerate(rows, start=2))


def _form(row: Mapping[str, str], line: int) -> FormAt:
    said = {name: text.strip() or None for name, text in row.items() if name}
    numbers = {name: said.get(name) for name in ("project", "wave")}
    wrong = any(text and not text.isdecimal() for text in numbers.values())
    if "" in row or wrong or not (said["tool"] and said["server"]):
        raise SettingsError("sources_line", line=line)
    return FormAt(
        tool=said["tool"],
        server=said["server"],
        form=said.get("form"),
        project=int(numbers["project"]) if numbers["project"] else None,
        dataset=said.get("dataset"),
        region=said.get("region"),
        wave=int(numbers["wave"]) if numbers["wave"] else None,
    )
