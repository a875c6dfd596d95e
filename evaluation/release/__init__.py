"""The gate out and what leaves through it: facts are protected, put into words, and published.

released = protect(Facts(comparison, study), study.disclosure)
page = build_report(released, study, Language("kk"))
published = publish_report(page, folder=settings.reports, language="kk")
"""

from __future__ import annotations

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import Mark, ReleasedFacts, ReleasedNumber, Step, protect
from evaluation.release.publication import PublishedReport, publish_report
from evaluation.release.report.facts import Facts

__all__ = [
    "Facts",
    "Mark",
    "PublishedReport",
    "ReleasedFacts",
    "ReleasedNumber",
    "Step",
    "build_report",
    "protect",
    "publish_report",
]


def build_report(released: ReleasedFacts, study: Study, say: Language) -> bytes:
    """The progress report as one self-contained HTML file in UTF-8; the same bytes every time."""
    from evaluation.release.report.document import build_document
    from evaluation.release.report.renderers import RENDERERS

    return RENDERERS["html"](build_document(released, say, study))
