"""Two questions about sums: whether parts exceed their whole, and whether periods overlap.

expect_multicolumn_parts_within_whole: the first column against the sum of the others.
expect_multicolumn_periods_not_to_overlap: first and last day, then what the figures are of; two
rows about the same may not share a day, or somebody is counted twice.
"""

from __future__ import annotations

from typing import ClassVar

import pandas as pd
from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_condition_partial import (  # noqa: E501
    multicolumn_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_map_metric_provider import (  # noqa: E501
    MulticolumnMapMetricProvider,
)

DOMAIN = ("batch_id", "table", "column_list", "row_condition", "condition_parser", "ignore_row_if")


def parts_within_whole(frame: pd.DataFrame) -> pd.Series[bool]:
    """Column 0 is the whole, the others are its parts; a part that is not there counts as none."""
    whole, parts = frame.iloc[:, 0], frame.iloc[:, 1:].sum(axis=1)
    return whole.isna() | (parts <= whole)


def periods_apart(frame: pd.DataFrame) -> pd.Series[bool]:
    """Columns 0 and 1 are days, the others say of what. False for every row of an overlap but the
    one that begins first: it alone would have been right."""
    start, end, *of = frame.columns
    good = pd.Series(True, index=frame.index)
    ordered = frame.sort_values([start, end], kind="stable")
    for _, rows in ordered.groupby(of, sort=False):
        latest = rows[end].cummax().shift()
        good[rows.index] = ~(rows[start] <= latest)
    return good


class MulticolumnPartsWithinWhole(MulticolumnMapMetricProvider):
    condition_metric_name = "multicolumn_values.parts_within_whole"
    condition_domain_keys = DOMAIN

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, **kwargs: object) -> pd.Series:  # noqa: N805
        return parts_within_whole(column_list)


class MulticolumnPeriodsApart(MulticolumnMapMetricProvider):
    condition_metric_name = "multicolumn_values.periods_apart"
    condition_domain_keys = DOMAIN

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, **kwargs: object) -> pd.Series:  # noqa: N805
        return periods_apart(column_list)


class ExpectMulticolumnPartsWithinWhole(MulticolumnMapExpectation):
    """The parts (all columns but the first) are together no more than the whole (the first)."""

    map_metric: ClassVar[str] = "multicolumn_values.parts_within_whole"


class ExpectMulticolumnPeriodsNotToOverlap(MulticolumnMapExpectation):
    """No two rows about the same have a day in common."""

    map_metric: ClassVar[str] = "multicolumn_values.periods_apart"
