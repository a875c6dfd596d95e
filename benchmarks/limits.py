"""Files at the very limits of size, honest and hostile: how long a check takes, in what memory.

Aims: none over 10 s, none over 512 MiB in either of the two processes (the one that checks, with
pandas and Great Expectations in it, and the one that opens what strangers packed). Seconds are
those of the processor, in both together: they say the same on a busy machine.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter

from benchmarks.timing import measured

BYTES = 10 * 1024 * 1024
ROWS, COLUMNS = 5_000, 200

CODE = """
import os, resource
from pathlib import Path
from evaluation.design import load_study
from evaluation.intake import check
from evaluation.records.batches import Card
from evaluation.settings import Settings
s = Settings.from_env({{}})
study = load_study(s.study)
content = Path({path!r}).read_bytes()
start = sum(os.times()[:4])
intake = check(content, study=study, instrument=None, region="27", wave=0, declared=Card(),
    expectations=s.expectations, already_stored=lambda respondents, wave: frozenset())
took = sum(os.times()[:4]) - start
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"{{took:.1f}} {{child:.0f}} {{intake.findings[0].rule}}")
"""


def files() -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "table, every cell another text", lambda: _table(lambda r, c: f"{r}x{c}")
    yield "table, one letter a cell", lambda: _table(lambda r, c: "1")
    yield "table of nothing but line ends", lambda: b"Code" + b"\n" * (BYTES - 4)
    yield "table of nothing but commas", lambda: b"Code" + b"," * (BYTES - 4)
    yield "table of digits", lambda: _table(lambda r, c: f"{r * 7919 + c:06d}")
    yield "table of spaces and digits", lambda: _long("7 " * 60_000)
    yield "table of letters and marks", lambda: _long("a.b@" * 30_000)
    yield "table of open quotes", lambda: b'Code,"' * (BYTES // 6)
    yield "workbook, every cell another text", _workbook
    yield "workbook that unpacks to 200 MB", _swollen
    yield "JSON of brackets", lambda: b"[" + b"[]," * (BYTES // 3 - 1) + b"[]]"
    yield "JSON of braces", lambda: b"[" + b"{}," * (BYTES // 3 - 1) + b"{}]"
    yield "JSON, every answer another text", _submissions
    yield "archive of long tables", _archive


def main() -> None:
    print(f"{'':36} {'s':>6} {'MiB':>5} {'MiB of the child':>17}  first finding")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        for name, make in files():
            path.write_bytes(make())
            done = measured(CODE.format(path=str(path)))
            took, child, rule = done.output.split()
            print(f"{name:36} {took:>6} {done.peak:>5.0f} {child:>17}  {rule}", flush=True)


def _table(cell: Callable[[int, int], str]) -> bytes:
    """As many rows and columns as there may be, as long as the file may be."""
    lines = [",".join(f"q{c}" for c in range(COLUMNS))]
    lines += [",".join(cell(r, c) for c in range(COLUMNS)) for r in range(ROWS)]
    return "\n".join(lines).encode()[:BYTES]


def _long(text: str) -> bytes:
    """Few cells, each nearly as long as a cell of a CSV may be."""
    line = f"{text},\n".encode()
    return (b"Code,Sex\n" + line * (BYTES // len(line)))[:BYTES]


def _workbook() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("data")
        for row in range(ROWS):
            for column in range(COLUMNS):
                sheet.write_string(row, column, f"{row}x{column}")
    return content.getvalue()


def _swollen() -> bytes:
    content = io.BytesIO(_small())
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", bytes(199 * 1024 * 1024))
    return content.getvalue()


def _small() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet("data").write_row(0, 0, ["Code", "Sex"])
    return content.getvalue()


def _submissions() -> bytes:
    row = {f"q{column}": "" for column in range(COLUMNS)}
    rows = [{name: f"{r}x{name}"[:6] for name in row} for r in range(ROWS // 2)]
    return json.dumps(rows, separators=(",", ":")).encode()[:BYTES]


def _archive() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(9):
            archive.writestr(f"form-{number}.csv", _table(lambda r, c: "1")[: BYTES // 10])
    return content.getvalue()


if __name__ == "__main__":
    main()
