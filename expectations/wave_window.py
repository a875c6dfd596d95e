"""expect_column_pair_values_to_lie_in_wave: a date within the window of its own row's wave.

A file may hold several waves, so one pair of limits for a whole column cannot say it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def in_window(
    days: pd.Series, waves: pd.Series, by_wave: Mapping[str, Sequence[str]]
) -> pd.Series[bool]:
    """`by_wave`: wave → its first and last day (ISO). A wave without a window holds any day."""
    starts = waves.map({wave: pd.Timestamp(window[0]) for wave, window in by_wave.items()})
    ends = waves.map({wave: pd.Timestamp(window[1]) for wave, window in by_wave.items()})
    before, after = days < pd.to_datetime(starts), days > pd.to_datetime(ends)
    return ~(before | after)


class ColumnPairValuesInWave(ColumnPairMapMetricProvider):
    """True where the date in A lies in the window of the wave in B."""

    condition_metric_name = "column_pair_values.in_wave"
    condition_domain_keys = ("batch_id", "table", "column_A", "column_B", "ignore_row_if")
    condition_value_keys = ("by_wave",)

    @column_pair_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(
        cls,  # noqa: N805
        column_A: pd.Series,
        column_B: pd.Series,
        by_wave: Mapping[str, Sequence[str]],
        **kwargs: object,
    ) -> pd.Series:
        return in_window(column_A, column_B, by_wave)


class ExpectColumnPairValuesToLieInWave(ColumnPairMapExpectation):
    """Every date of A lies within the window of the wave in B."""

    by_wave: dict[str, list[str]]
    ignore_row_if: str = "either_value_is_missing"

    map_metric = "column_pair_values.in_wave"
    success_keys: ClassVar[tuple[str, ...]] = ("by_wave", "ignore_row_if", "mostly")
