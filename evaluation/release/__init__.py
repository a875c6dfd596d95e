"""The gate out and what leaves through it: facts are protected, put into words, and published.

released = protect(Facts(comparison, study), study.disclosure)
table = protect(pandas.crosstab(...)).table
page = build_report(released, study, Language("kk"))
published = publish_report(page, folder=settings.reports, language="kk")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import (
    EarlierReport,
    Mark,
    ReleasedFacts,
    ReleasedNumber,
    Step,
    protect,
)
from evaluation.release.publication import PublishedReport, publish_report
from evaluation.release.report.facts import Facts

if TYPE_CHECKING:
    from evaluation.release.disclosure.tables.asked import Table as Table
    from evaluation.release.disclosure.tables.earlier import Earlier as Earlier
    from evaluation.release.disclosure.tables.result import ReleasedTables as ReleasedTables

# They bring numpy and pandas: looked up when first used.
_HOME = {"Earlier": "earlier", "ReleasedTables": "result", "Table": "asked"}

__all__ = [
    "Earlier",
    "EarlierReport",
    "Facts",
    "Mark",
    "PublishedReport",
    "ReleasedFacts",
    "ReleasedNumber",
    "ReleasedTables",
    "Step",
    "Table",
    "build_report",
    "protect",
    "publish_report",
]


def build_report(released: ReleasedFacts, study: Study, say: Language) -> bytes:
    """The progress report as one self-contained HTML file in UTF-8; the same bytes every time."""
    from evaluation.release.report.document import build_document
    from evaluation.release.report.renderers import RENDERERS

    return RENDERERS["html"](build_document(released, say, study))


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"evaluation.release has no {name}")
    return getattr(import_module(f"evaluation.release.disclosure.tables.{_HOME[name]}"), name)
