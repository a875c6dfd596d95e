"""expect_column_pair_values_to_change_plausibly: what was said of a child earlier, and later.

Some things do not change (sex), some change in one direction and slowly (age band).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import pandas as pd
from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import ColumnPairMapExpectation
from great_expectations.expectations.metrics.map_metric_provider.column_pair_condition_partial import (  # noqa: E501
    column_pair_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.column_pair_map_metric_provider import (  # noqa: E501
    ColumnPairMapMetricProvider,
)


def changes_plausibly(
    earlier: pd.Series,
    later: pd.Series,
    *,
    order: Sequence[str],
    least: int,
    most: int,
    unknown: Sequence[str],
) -> pd.Series[bool]:
    """Whether `later` is from `least` to `most` steps of `order` above `earlier`.

    Texts that stand in no order must be equal; `unknown` ("not stated") agrees with everything.
    """
    steps = {code: step for step, code in enumerate(order)}
    moved = later.map(steps).astype("float64") - earlier.map(steps).astype("float64")
    either = earlier.isin(list(unknown)) | later.isin(list(unknown))
    return either | (earlier == later) | moved.between(least, most)


class ColumnPairValuesPlausibleChange(ColumnPairMapMetricProvider):
    """True where B is a plausible later answer of whoever answered A."""

    condition_metric_name = "column_pair_values.plausible_change"
    condition_domain_keys = ("batch_id", "table", "column_A", "column_B", "ignore_row_if")
    condition_value_keys = ("order", "least", "most", "unknown")

    @column_pair_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(
        cls,  # noqa: N805
        column_A: pd.Series,
        column_B: pd.Series,
        order: Sequence[str],
        least: int,
        most: int,
        unknown: Sequence[str],
        **kwargs: object,
    ) -> pd.Series:
        return changes_plausibly(
            column_A, column_B, order=order, least=least, most=most, unknown=unknown
        )


class ExpectColumnPairValuesToChangePlausibly(ColumnPairMapExpectation):
    """Every B (later) is a plausible change of its A (earlier)."""

    order: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    unknown: tuple[str, ...] = ()
    ignore_row_if: str = "either_value_is_missing"

    map_metric = "column_pair_values.plausible_change"
    success_keys: ClassVar[tuple[str, ...]] = (
        "order",
        "least",
        "most",
        "unknown",
        "ignore_row_if",
        "mostly",
    )
