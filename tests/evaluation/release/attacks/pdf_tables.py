"""Tables of a PDF, cell by cell, as its structure tree names them (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.evaluation.release.report.pdf_reading import Operator, Pdf, decoded, values


class Walk:
    """Through the tree: what stands under a node, and which tables, rows and cells."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf, self.said = pdf, spoken(pdf)

    def text(self, node: Any, page: int) -> str:
        made = self.pdf.get(node)
        if isinstance(made, list):
            return "".join(self.text(kid, page) for kid in made)
        if isinstance(made, dict):
            page = made.get("Pg", page)
            return self.text(made.get("K", made.get("MCID", [])), page)
        return self.said.get((page, int(made)), "")

    def under(self, node: Any, kinds: tuple[str, ...], page: int) -> Iterator[tuple[Any, int]]:
        """The nearest nodes of these kinds, each with its page."""
        made = self.pdf.get(node)
        if isinstance(made, list):
            for kid in made:
                yield from self.under(kid, kinds, page)
        elif isinstance(made, dict):
            page = made.get("Pg", page)
            if made.get("S") in kinds:
                yield made, page
            else:
                yield from self.under(made.get("K", []), kinds, page)


def tables_of(pdf: Pdf) -> list[list[list[str]]]:
    """Tables → rows → texts of cells."""
    walk = Walk(pdf)
    return [
        [
            [walk.text(cell, at).strip() for cell, at in walk.under(row["K"], ("TH", "TD"), there)]
            for row, there in walk.under(table["K"], ("TR",), page)
        ]
        for table, page in walk.under(pdf.catalog["StructTreeRoot"], ("Table",), 0)
    ]


def spoken(pdf: Pdf) -> dict[tuple[int, int], str]:
    """What is written under each mark: (page, number) → text."""
    said: dict[tuple[int, int], str] = {}
    for page in pdf.pages:
        place = next(n for n, made in pdf.objects.items() if made is page)
        resources = pdf.get(page["Resources"])
        fonts = {name: pdf._letters(ref) for name, ref in pdf.get(resources["Font"]).items()}
        parts = page["Contents"] if isinstance(page["Contents"], list) else [page["Contents"]]
        for mark, text in _marked(b"\n".join(pdf.streams[part] for part in parts), fonts):
            said[place, mark] = said.get((place, mark), "") + text
    return said


def _marked(data: bytes, fonts: dict[str, dict[int, str]]) -> Iterator[tuple[int, str]]:
    marks: list[int] = []
    font: dict[int, str] = {}
    waiting: list[Any] = []
    for value in values(data):
        if not isinstance(value, Operator):
            waiting.append(value)
            continue
        if value in ("BDC", "BMC"):
            about = waiting[1] if len(waiting) > 1 and isinstance(waiting[1], dict) else {}
            marks.append(int(about.get("MCID", -1)))
        elif value == "EMC":
            marks.pop()
        elif value == "Tf":
            font = fonts[waiting[0]]
        elif value in ("Tj", "TJ") and marks:
            yield marks[-1], decoded(waiting[0], font)
        elif value in ("Tm", "Td", "T*") and marks:
            yield marks[-1], " "
        waiting = []
