"""A folder of files to take in, and `deliveries.csv`, in which their sender says what they are.

Columns: file, instrument, region, wave, then any batch fields. Everything but `file` may be left
empty: then the file itself is asked. Files that the list does not name are taken in after it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation.errors import DeliveryError
from evaluation.intake.opened import Sender
from evaluation.records.batches import Card

LIST = "deliveries.csv"
SUFFIXES = (".xlsx", ".csv", ".xlsm", ".xls", ".txt", ".tsv", ".ods")
NAMED = ("file", "instrument", "region", "wave")
NOT_DATA = frozenset({LIST, "faults.csv"})
"""Lists about the files, which lie beside them."""


@dataclass(frozen=True, slots=True)
class Delivery:
    path: Path
    sender: Sender


def read_deliveries(folder: Path) -> tuple[Delivery, ...]:
    """In the order of the list, then by name. Raises `DeliveryError` for a list that is wrong."""
    listed = _listed(folder)
    names = {delivery.path.name for delivery in listed}
    others = sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES and path.name not in names | NOT_DATA
    )
    return (*listed, *(Delivery(path, Sender()) for path in others))


def _listed(folder: Path) -> tuple[Delivery, ...]:
    path = folder / LIST
    if not path.exists():
        return ()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True, restkey="", restval="")
            names, rows = reader.fieldnames or (), list(reader)
    except (UnicodeDecodeError, csv.Error):
        raise DeliveryError("list_unreadable") from None
    if "file" not in names:
        raise DeliveryError("list_unreadable")
    return tuple(_delivery(folder, row, line) for line, row in enumerate(rows, start=2))


def _delivery(folder: Path, row: Mapping[str, str], line: int) -> Delivery:
    path = folder / row["file"]
    # A list may not reach out of its folder.
    if "" in row or Path(row["file"]).name != row["file"] or not path.is_file():
        raise DeliveryError("list_line", line=line)
    wave = row.get("wave", "").strip()
    if wave and not wave.isdecimal():
        raise DeliveryError("list_line", line=line)
    said = tuple((n, text.strip()) for n, text in row.items() if n not in NAMED and text.strip())
    return Delivery(
        path,
        Sender(
            instrument=row.get("instrument") or None,
            region=row.get("region") or None,
            wave=int(wave) if wave else None,
            card=Card(said),
        ),
    )
