"""What stands in a released report, read from its HTML by somebody who has nothing else."""

from __future__ import annotations

from html.parser import HTMLParser

from evaluation.language import Language
from tests.evaluation.release.disclosure.attacker import COLUMNS, ROWS, Shown

SAY = Language("en")
STEPS = ("eligible", "approached", "baseline", "endline", "both", "analysed")


class Rows(HTMLParser):
    """Every table's rows, as lists of cell texts, by the id of the table."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._text: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self._text = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._text is not None:
            self.rows[-1].append("".join(self._text).strip())
            self._text = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)


def shown_in(html: str) -> Shown:
    """Count → number, or None where a mark stands."""
    rows = {row[0]: row[1:] for row in Rows(html).rows if len(row) > 1}
    shown: Shown = {}
    for step in STEPS:
        for column, text in zip(COLUMNS, rows[SAY(f"report.step.{step}")], strict=True):
            shown[f"{step}/{column}"] = _number(text)
    for name in ROWS:
        shown[name] = _number(rows[SAY(f"report.quality.{name}")][0])
    return shown


def _number(text: str) -> int | None:
    return None if text.startswith("[") else int(text.replace(",", ""))
