"""Every table there is. Each module adds its own to one metadata; here none can be forgotten."""

from __future__ import annotations

from evaluation.store import (
    challenge_tables,
    explanation_table,
    fieldwork_tables,
    indicator_tables,
    near_miss_tables,
    opinion_tables,
    submission_tables,
    tables,
)

MODULES = (
    tables,
    opinion_tables,
    fieldwork_tables,
    near_miss_tables,
    explanation_table,
    submission_tables,
    challenge_tables,
    indicator_tables,
)
metadata = tables.metadata
