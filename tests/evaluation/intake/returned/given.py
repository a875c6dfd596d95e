"""Files that go out to be mended and come in again, and a second, plain way to read them."""

import io
import re

import openpyxl
from python_calamine import CalamineWorkbook

from evaluation.intake import Sender
from evaluation.intake.returned.workbook import returned_workbook
from evaluation.language import Language
from evaluation.records.batches import Card
from tests.evaluation.intake.given import CARD, checked

SENDER = Sender(card=Card(tuple(CARD.items())))


def returned(content, study, code="en", **more):
    """(intake, bytes) as the sender would get them."""
    intake = checked(content, study, **more)
    made = returned_workbook(content, intake.verdict, study, SENDER, Language(code))
    return intake, made


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book):
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def cells(content, name):
    """Every cell of a sheet as another reader sees it."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def marked(sheet):
    """Cell → how it is framed, of every cell with a comment of ours."""
    return {
        cell.coordinate: cell.border.left.style
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def targets(sheet):
    """Text of a linked cell → (sheet, cell) that it leads to."""
    found = {}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.hyperlink:
                title, place = re.fullmatch(r"'(.*)'!([A-Z]+\d+)", cell.hyperlink.location).groups()
                found[cell.value] = (title.replace("''", "'"), place)
    return found


def table(sheet, first_header):
    """Our table as rows of dicts, found by the text of its first header."""
    rows = list(sheet.iter_rows(values_only=True))
    start = next(n for n, row in enumerate(rows) if row[1] == first_header)
    headers = rows[start][1:]
    body = rows[start + 1 :]
    end = next((n for n, row in enumerate(body) if not any(row[1:])), len(body))
    return [dict(zip(headers, row[1:], strict=True)) for row in body[:end]]
