"""Which reader a file needs, told by its first bytes and never by its name."""

from __future__ import annotations

from evaluation.release.rereading import html_text, pdf_text, word_text
from evaluation.release.rereading.lines import Line, UnreadableError

LARGEST = 50_000_000  # bytes; a report has less than one million


def read_lines(content: bytes) -> tuple[Line, ...]:
    """Raises UnreadableError."""
    if len(content) > LARGEST:
        raise UnreadableError
    if content.startswith(b"%PDF"):
        return pdf_text.read(content)
    if content.startswith(b"PK"):
        return word_text.read(content)
    return html_text.read(content)
