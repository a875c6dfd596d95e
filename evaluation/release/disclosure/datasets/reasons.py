"""Why a number of a dataset is hidden: for the evaluator, who may know what is small."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evaluation.design import Instrument
from evaluation.records.indicators import DatasetFound, Line
from evaluation.release.disclosure.datasets.released import line_key
from evaluation.release.disclosure.datasets.tables import names_region
from evaluation.release.disclosure.tables.rules import Rule

OF_MEANS = ("first", "second", "difference", "low", "high")


def rule_of_line(
    key: str, found: Sequence[DatasetFound], minimum: int, instruments: Mapping[str, Instrument]
) -> Rule:
    """`key`: as the ledger names it."""
    whose, _, name = key.rpartition("/")
    dataset, asked, line = next(
        (each.dataset, indicator.indicator, line)
        for each in found
        for indicator in each.indicators
        for line in indicator.lines
        if line_key(each.dataset, indicator.indicator, line.codes, line.topic) == whose
    )
    instrument = instruments[dataset]
    indicator = next(each for each in instrument.indicators if each.id == asked)
    if names_region(instrument, indicator, line):
        return Rule.FEW_SITES
    few = line.n if line.answered is None else min(line.n, line.answered)
    if few < minimum:
        return Rule.SMALL if few else Rule.NOTHING
    if name in OF_MEANS:
        return Rule.HOMOGENEOUS if line.alike else Rule.DIFFERENCING
    return _of_part(line, minimum) if name.startswith("share") else Rule.SECONDARY


def _of_part(line: Line, minimum: int) -> Rule:
    part = line.part or 0
    rest = (line.n if line.answered is None else line.answered) - part
    if part < minimum:
        return Rule.SMALL if part else Rule.NOTHING
    if rest < minimum:
        return Rule.COMPLEMENT if rest else Rule.HOMOGENEOUS
    return Rule.SECONDARY
