"""The only module that knows Great Expectations: a frame and rules in, failing rows out.

Of a result only the positions of rows are asked for; values never enter it. A rule that raised is
not a rule that failed: that is our mistake, and it is raised. Importing the package takes seconds,
so that happens where it is first needed.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

import pandas as pd

from evaluation.intake.suite import Rule

OUR_KINDS = (
    "child_codes",
    "no_personal_data",
    "parts_and_periods",
    "plausible_change",
    "wave_window",
)
"""Kinds of expectation of our own; importing one makes it known to Great Expectations."""

ROWS_ONLY = {
    "result_format": "COMPLETE",
    "exclude_unexpected_values": True,
    "include_unexpected_rows": False,
    "return_unexpected_index_query": False,
}


def failing_rows(frame: pd.DataFrame, rules: Sequence[Rule]) -> tuple[tuple[int, ...], ...]:
    """For each rule the positions (0, 1, …) of the rows that break it."""
    if not rules or frame.empty:
        return tuple(() for _ in rules)
    batch = _batch_of(frame)
    # Asking which rows failed costs as much again as asking whether any did, and mostly none did.
    passed = [bool(result.success) for result in _validate(batch, rules, "BOOLEAN_ONLY")]
    failed = [number for number, good in enumerate(passed) if not good]
    found: list[tuple[int, ...]] = [()] * len(rules)
    if failed:
        results = _validate(batch, [rules[number] for number in failed], ROWS_ONLY)
        for number, result in zip(failed, results, strict=True):
            found[number] = tuple(sorted(result.result["unexpected_index_list"]))
    return tuple(found)


def _batch_of(frame: pd.DataFrame) -> Any:
    import great_expectations as gx
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    for name in OUR_KINDS:
        importlib.import_module(f"expectations.{name}")
    # Left to itself, a context makes a folder for pages about the data; we write our own.
    stores = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
    config = DataContextConfig(
        store_backend_defaults=stores,
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False),
    )
    context = gx.get_context(mode="ephemeral", project_config=config)
    asset = context.data_sources.add_pandas("delivery").add_dataframe_asset("rows")
    definition = asset.add_batch_definition_whole_dataframe("all")
    return definition.get_batch({"dataframe": frame.reset_index(drop=True)})


def _validate(batch: Any, rules: Sequence[Rule], result_format: object) -> list[Any]:
    import great_expectations as gx

    # A suite built whole needs no stored context, and gets no random ids of one.
    suite = gx.ExpectationSuite(
        name="delivery",
        expectations=[
            {"type": rule.type, "kwargs": dict(rule.kwargs), "meta": {"place": place}}
            for place, rule in enumerate(rules)
        ],
    )
    results = list(batch.validate(suite, result_format=result_format).results)
    results.sort(key=lambda result: result.expectation_config.meta["place"])
    for result in results:
        _raise_our_mistake(result)
    return results


def _raise_our_mistake(result: Any) -> None:
    infos = result.exception_info
    each = [infos] if "raised_exception" in infos else list(infos.values())
    if any(info["raised_exception"] for info in each):
        # Not the text of the exception: it may quote the data.
        raise AssertionError(f"{result.expectation_config.type} cannot be asked of these columns")
