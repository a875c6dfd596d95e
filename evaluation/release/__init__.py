"""The gate out and what leaves through it: facts are protected, put into words, and published.

released = protect(Facts(comparison, study), study.disclosure)
table = protect(pandas.crosstab(...)).table
file = build_report(released, study, Language("kk"), form="pdf")
published = publish_report(file, folder=settings.reports, language="kk", form="pdf")
"""

from __future__ import annotations

from collections.abc import Iterable
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
from evaluation.release.publication import FORMS, PublishedReport, publish_report
from evaluation.release.report.blocks import Document
from evaluation.release.report.facts import Facts

if TYPE_CHECKING:
    from evaluation.release.disclosure.tables.asked import Table as Table
    from evaluation.release.disclosure.tables.earlier import Earlier as Earlier
    from evaluation.release.disclosure.tables.result import ReleasedTables as ReleasedTables
    from evaluation.release.disclosure.tables.sums import Sums as Sums

# They bring numpy and pandas: looked up when first used.
_HOME = {"Earlier": "earlier", "ReleasedTables": "result", "Sums": "sums", "Table": "asked"}

__all__ = [
    "FORMS",
    "Earlier",
    "EarlierReport",
    "Facts",
    "Mark",
    "PublishedReport",
    "ReleasedFacts",
    "ReleasedNumber",
    "ReleasedTables",
    "Step",
    "Sums",
    "Table",
    "build_report",
    "build_reports",
    "compose_report",
    "protect",
    "publish_report",
    "render_report",
]


def build_report(
    released: ReleasedFacts,
    study: Study,
    say: Language,
    *,
    form: str = "html",
    kind: str | None = None,
) -> bytes:
    """The report as one file; the same bytes every time."""
    (report,) = build_reports(released, study, say, forms=(form,), kind=kind)
    return report


def build_reports(
    released: ReleasedFacts,
    study: Study,
    say: Language,
    *,
    forms: Iterable[str],
    kind: str | None = None,
    draft: bool = False,
) -> tuple[bytes, ...]:
    """One file for each of `forms` (names of `FORMS`), all of the same document."""
    document = compose_report(released, study, say, kind=kind)
    return render_report(document, forms=forms, draft=draft)


def compose_report(
    released: ReleasedFacts, study: Study, say: Language, *, kind: str | None = None
) -> Document:
    """The report in the words of one language, before it is given a format.

    `kind`: one of the study's contents.yaml, the first unless told otherwise.
    """
    from evaluation.release.report.document import build_document

    return build_document(released, say, study, kind=kind)


def render_report(
    document: Document, *, forms: Iterable[str], draft: bool = False
) -> tuple[bytes, ...]:
    """`draft`: nobody has approved it, and every page says so."""
    from evaluation.release.report.drafts import as_draft
    from evaluation.release.report.renderers import RENDERERS

    if draft:
        document = as_draft(document, Language(document.language))
    return tuple(RENDERERS[form](document) for form in forms)


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"evaluation.release has no {name}")
    return getattr(import_module(f"evaluation.release.disclosure.tables.{_HOME[name]}"), name)
