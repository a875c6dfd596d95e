"""xlsx and JSON → sheets, through a child process whose memory and time are bounded."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.errors import DeliveryError
from evaluation.intake.reading.marks import Marks
from evaluation.intake.reading.package_parts import Part
from evaluation.intake.reading.sheets import Reading, Sheet, column_of
from evaluation.records.findings import Effect, Finding, Severity

CHECKOUT = Path(__file__).parents[3]
MEMORY = 512 << 20  # a sheet of 5,000 × 200 long answers needs two thirds of this
SECONDS = 30.0
COMPUTING = 8  # seconds of the processor: what a slow machine waits for is not counted
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
PROGRAM = (
    "import sys; from evaluation.intake.reading.worker import main; "
    "main(sys.stdin.buffer, sys.stdout.buffer, memory={memory}, unpacked={unpacked}, rows={rows},"
    " columns={columns}, seconds={seconds})"
)


def recognises(content: bytes) -> bool:
    return content.startswith(ZIP)


def read(
    content: bytes,
    limits: Mapping[str, float],
    *,
    memory: int = MEMORY,
    seconds: float = SECONDS,
) -> Reading:
    answer = _ask_child(content, limits, memory, seconds)
    head, _, body = answer.partition(b"\n")
    said = json.loads(head)
    if "refused" in said:
        raise DeliveryError(said["refused"], **said["values"])
    codes = np.frombuffer(body, dtype=np.int32)
    sheets = []
    start = 0
    for sheet in said["sheets"]:
        rows = sheet["rows"]
        columns = []
        for texts in sheet["texts"]:
            columns.append(column_of(texts, codes[start : start + rows]))
            start += rows
        place = (sheet["number"], sheet["name"], rows, tuple(columns), sheet["visible"])
        sheets.append(Sheet(*place, _marks(sheet.get("marks", {}))))
    findings = [
        Finding(rule, Severity.PLEASE_CHECK, Effect.NOTE, values=values)
        for rule, values in said["remarks"]
    ]
    parts = tuple(Part(*part) for part in said["parts"])
    return Reading(tuple(sheets), tuple(findings), date_1904=said["date_1904"], parts=parts)


def _marks(said: dict[str, list[list[int]]]) -> Marks:
    """Without the lists that JSON makes of pairs."""
    return Marks(**{name: tuple(map(_fixed, values)) for name, values in said.items()})


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _ask_child(content: bytes, limits: Mapping[str, float], memory: int, seconds: float) -> bytes:
    program = PROGRAM.format(
        memory=memory,
        unpacked=int(limits["unpacked_bytes"]),
        rows=int(limits["rows"]),
        columns=int(limits["columns"]),
        seconds=COMPUTING,
    )
    try:
        child = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", program],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a parser's last words may quote the file
            timeout=seconds,
            cwd=CHECKOUT,
            env={},  # whoever breaks out of the parser finds no password here
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise DeliveryError("file_too_large") from None
    except subprocess.CalledProcessError as death:
        # 1 is a parser that gave up on the file; anything else was killed for want of memory.
        raise DeliveryError("damaged_file" if death.returncode == 1 else "file_too_large") from None
    return child.stdout
