"""Citations in a Word document: "[table 7]" leads to the caption of that table.

Done when everything is written, so that no other part of the renderer has to know of it.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from evaluation.release.report.renderers.docx_parts import bookmark, element

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

LONGEST = 40
"""Letters that Word allows for the name of a bookmark."""


def target(caption: Paragraph, table: str, number: int) -> None:
    """`number`: of no other bookmark in the file."""
    bookmark(caption, _name(table), number)


def link_citations(word: Word, citations: tuple[tuple[str, str], ...]) -> None:
    """Outside of tables: `citations` are marks as printed and the ids of their tables."""
    if not citations:
        return
    tables = dict(citations)
    marks = re.compile(f"({'|'.join(map(re.escape, tables))})")
    for paragraph in word.paragraphs:
        for run in list(paragraph.runs):
            parts = marks.split(run.text)
            if len(parts) > 1:
                for part in filter(None, parts):
                    run._r.addprevious(_part(run._r, part, tables.get(part)))
                run._r.getparent().remove(run._r)


def _part(run: Any, text: str, table: str | None) -> Any:
    """A run as the given one is, with other words; around it a link where it is a citation."""
    made = copy.deepcopy(run)
    made.text = text
    if table is None:
        return made
    link = element("hyperlink", anchor=_name(table), history="1")
    link.append(made)
    return link


def _name(table: str) -> str:
    return f"table-{table}"[:LONGEST].replace("-", "_")
