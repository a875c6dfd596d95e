"""expect_column_values_to_hold_no_personal_data: the scan of the gate, asked once more of texts.

The scan looks at what was typed; this looks at what is about to be stored. One
detector serves both.
"""

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

from evaluation.intake.privacy.scan import suspects


def harmless(texts: pd.Series) -> pd.Series[bool]:
    """Every distinct text is looked at once."""
    codes, distinct = pd.factorize(texts)
    found = set(suspects(tuple(str(text) for text in distinct)))
    return pd.Series([code not in found for code in codes], index=texts.index, dtype=bool)


class ColumnValuesNoPersonalData(ColumnMapMetricProvider):
    """True where the text holds nothing that looks like personal data."""

    condition_metric_name = "column_values.no_personal_data"

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column: pd.Series, **kwargs: object) -> pd.Series:  # noqa: N805
        return harmless(column)


class ExpectColumnValuesToHoldNoPersonalData(ColumnMapExpectation):
    """No text of the column looks like personal data."""

    map_metric = "column_values.no_personal_data"
