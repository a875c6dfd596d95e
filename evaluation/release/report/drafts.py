"""A report that nobody has approved says so on every page (domain.md R45)."""

from __future__ import annotations

from dataclasses import replace

from evaluation.language import Language
from evaluation.release.report.blocks import Document


def as_draft(document: Document, say: Language) -> Document:
    """The same document under the mark of what was not approved."""
    marks = (say("report.mark.unapproved"), document.page_mark)
    return replace(
        document,
        banners=(say("report.banner.unapproved"), *document.banners),
        page_mark=" · ".join(mark for mark in marks if mark),
    )
