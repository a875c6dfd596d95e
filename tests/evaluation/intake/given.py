"""Delivered files as staff would send them, made small and by hand. All of it is invented."""

import csv
import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from evaluation.intake import check
from evaluation.records.batches import Card

TESTS = Path(__file__).parents[2]
EXPECTATIONS = TESTS / "expectations"
SHARED = TESTS.parent.parent / "shared"

PUPIL = (
    "Code",
    "Sex",
    "Age",
    "Consent",
    "Date",
    "Clubs",
    "Group",
    "I feel well.",
    "I sleep well.",
    "I am sad.",
    "I belong here.",
    "I have friends.",
)
ADA = ("a1", "F", "10", "1", "2022-03-14", "sport", "1", "1", "2", "3", "4", "5")
BEN = ("b2", "M", "11", "1", "2022-03-15", "", "0", "5", "4", "3", "2", "1")
CARD = {"region": "n", "wave": "0"}


def pupil_rows(*rows, header=PUPIL):
    return [list(header), *(list(row) for row in rows)]


def changed(row, **cells):
    """The row with some cells changed: `changed(ADA, Sex="X")`, `changed(ADA, wb_1="7")`."""
    names = dict(zip(("wb_1", "wb_2", "wb_3", "bl_1", "bl_2"), PUPIL[7:], strict=True))
    new = dict(zip(PUPIL, row, strict=True))
    for name, text in cells.items():
        new[names.get(name, name)] = text
    return tuple(new[name] for name in PUPIL)


def text_table(rows, separator=",", encoding="utf-8", line_end="\r\n"):
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator=line_end).writerows(rows)
    return file.getvalue().encode(encoding)


def workbook(*sheets, hidden=()):
    """Each sheet a (name, rows) pair; cells keep their Python types."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, column, cell)
            if name in hidden:
                sheet.hide()
    return content.getvalue()


def nobody(respondents, wave):
    """No other batch holds anybody."""
    return frozenset()


def checked(
    content,
    study,
    *,
    instrument=None,
    region=None,
    wave=None,
    card=CARD,
    expectations=EXPECTATIONS,
    stored=nobody,
):
    return check(
        content,
        study=study,
        instrument=instrument,
        region=region,
        wave=wave,
        declared=Card(tuple(card.items())),
        expectations=expectations,
        already_stored=stored,
    )


def rules(intake):
    return [finding.rule for finding in intake.findings]


def places(intake, rule):
    """The cells that a rule was found at: ["B2", "B3"]."""
    return [f"{f.column}{f.row}" for f in intake.findings if f.rule == rule]


def shared(path):
    """A file of the reference material that lies beside the checkout, where it is there."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"{path} is not beside this checkout")
    return found


def growth(work: Callable[[int], object], *, times: int) -> float:
    """How many times as long `work(times)` takes as `work(1)`; the quickest of three each, so
    that a busy machine says the same as an idle one. Linear work answers about `times`."""

    def quickest(size: int) -> float:
        taken = []
        for _ in range(3):
            start = time.process_time()
            work(size)
            taken.append(time.process_time() - start)
        return min(taken)

    return quickest(times) / max(quickest(1), 1e-4)
