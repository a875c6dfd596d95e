"""Every table there is. Each module adds its own to one metadata; here none can be forgotten."""

from __future__ import annotations

from evaluation.store import (
    challenge_tables,
    edition_tables,
    explanation_table,
    fieldwork_tables,
    frozen_plan_table,
    indicator_tables,
    measure_table,
    near_miss_tables,
    opinion_tables,
    pulled_table,
    submission_tables,
    tables,
)

MODULES = (
    tables,
    opinion_tables,
    fieldwork_tables,
    measure_table,
    near_miss_tables,
    explanation_table,
    submission_tables,
    challenge_tables,
    indicator_tables,
    frozen_plan_table,
    edition_tables,
    measure_table,
    pulled_table,
)
metadata = tables.metadata
