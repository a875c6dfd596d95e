"""The sources in the order in which they are tried; the last one takes every table."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.intake.reading.kobo import KOBO
from evaluation.intake.reading.odata import ODATA
from evaluation.intake.reading.odk import ODK
from evaluation.intake.reading.source import Source
from evaluation.intake.reading.surveycto import SURVEYCTO
from evaluation.intake.reading.table import TABLE
from evaluation.intake.reading.template import TEMPLATE

SOURCES = (ODATA, SURVEYCTO, ODK, KOBO, TABLE)


def source_of(headers: Sequence[str], *, with_card: bool) -> Source:
    if with_card:
        return TEMPLATE
    lowered = frozenset(header.lower() for header in headers)
    return next(source for source in SOURCES if source.recognises(lowered))
