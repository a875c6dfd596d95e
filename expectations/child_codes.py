"""expect_column_values_to_be_child_codes: the check digit, which no pattern can say."""

from __future__ import annotations

import pandas as pd
from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import ColumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider.column_condition_partial import (
    column_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.column_map_metric_provider import (
    ColumnMapMetricProvider,
)

from evaluation.records.codes import is_child_code


class ColumnValuesChildCode(ColumnMapMetricProvider):
    """True where the text is a child code whose check digit is right (ISO 7064 MOD 11,10)."""

    condition_metric_name = "column_values.child_code"

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column: pd.Series, **kwargs: object) -> pd.Series:  # noqa: N805
        return column.map(is_child_code).astype(bool)


class ExpectColumnValuesToBeChildCodes(ColumnMapExpectation):
    """Every text of the column is a child code with the right check digit."""

    map_metric = "column_values.child_code"
