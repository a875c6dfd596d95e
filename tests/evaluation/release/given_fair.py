"""The facts of a report with the fair's datasets beside the invented comparison."""

from __future__ import annotations

from dataclasses import replace

from evaluation.design import Study
from evaluation.records.estimates import Comparison
from evaluation.records.indicators import DatasetFound
from evaluation.release import EarlierReport
from evaluation.release.disclosure import (
    ReleasedDataset,
    ReleasedFacts,
    ReleasedIndicator,
    ReleasedRow,
    protect,
)
from evaluation.release.report.facts import Facts
from tests.evaluation.release import given
from tests.given_fair import FAIR


def study(**changes: object) -> Study:
    return given.study(
        instruments=FAIR.instruments,
        regions=FAIR.regions,
        reference_values=FAIR.reference_values,
        **changes,
    )


def comparison(*datasets: DatasetFound) -> Comparison:
    return replace(given.comparison(), datasets=datasets)


def released(*datasets: DatasetFound, earlier: tuple[EarlierReport, ...] = ()) -> ReleasedFacts:
    of = study()
    return protect(Facts(comparison(*datasets), of), of.disclosure, earlier=earlier)


def before(*datasets: DatasetFound, earlier: tuple[EarlierReport, ...] = ()) -> EarlierReport:
    """A report that left with these datasets."""
    left = released(*datasets, earlier=earlier)
    return EarlierReport(comparison(*datasets), dict(left.ledger()), 10)


def dataset(facts: ReleasedFacts, name: str) -> ReleasedDataset:
    return next(each for each in facts.datasets if each.dataset == name)


def indicator(facts: ReleasedFacts, name: str, of: str) -> ReleasedIndicator:
    return next(each for each in dataset(facts, name).indicators if each.indicator == of)


def lines(facts: ReleasedFacts, name: str, of: str) -> dict[tuple[str, ...], ReleasedRow]:
    return {line.codes: line for line in indicator(facts, name, of).lines}
