"""The same children without the files: straight to the frame that the store would give back.

For benchmarks, power and tests of the analysis, which need hundreds of studies and no files.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaluation.design import Field, Study
from evaluation.records.responses import kept_as_key, responses_schema
from evaluation.synthetic.children import draw_block, with_consent
from evaluation.synthetic.population import Population, populate
from evaluation.synthetic.rows import Column, Rows, stacked
from evaluation.synthetic.truth import Truth

BLOCK = 20_000
BATCH = "synthetic"


def responses_of(study: Study, truth: Truth, children: int, seed: int) -> pd.DataFrame:
    """Both waves of every child with consent, as `responses_schema(instrument)` says."""
    population = populate(study, truth, children=children, seed=seed)
    frames = [_frame(population, rows, region, wave) for region, wave, rows in _waves(population)]
    responses = pd.concat(frames, ignore_index=True)
    responses["source_row"] = np.arange(len(responses), dtype=np.int64) + 2
    return responses_schema(population.instrument).check(responses)


def _waves(population: Population) -> list[tuple[str, int, Rows]]:
    waves = []
    for region in (r for r in population.regions if r.size):
        blocks = [
            draw_block(population, region, first=first, last=first + BLOCK)
            for first in range(0, region.size, BLOCK)
        ]
        for wave, parts in (
            (population.baseline.id, [block.baseline for block in blocks]),
            (population.endline.id, [block.endline for block in blocks]),
        ):
            waves.append((region.code, wave, stacked(parts)))
    return waves


def _frame(population: Population, rows: Rows, region: str, wave: int) -> pd.DataFrame:
    instrument = population.instrument
    respondent = instrument.identity.respondent
    assert respondent is not None, "a study of two waves must know its children again"
    rows = rows.take(with_consent(instrument, rows.columns))
    columns: dict[str, object] = {
        "batch": BATCH,
        "source_row": 0,
        "respondent": pd.array(rows.columns[respondent], dtype="str"),
        "region": region,
        "wave": wave,
    }
    keys = kept_as_key(instrument.identity)
    for field in instrument.row_fields:
        if field.name not in keys and not field.restricted:
            columns[field.name] = _stored(rows.columns[field.name], field)
    return pd.DataFrame(columns)


def _stored(column: Column, field: Field) -> pd.api.extensions.ExtensionArray:
    empty = column == ""
    if not field.numeric:
        known = column.copy()
        known[empty] = None
        return pd.array(known, dtype="str")
    numbers = np.where(empty, "0", column).astype(np.int16)
    return pd.arrays.IntegerArray(numbers, empty.astype(bool))
