"""Rows of the small fair study (tests/studies/fair), as the store hands them out. All invented."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from evaluation.analysis import describe_dataset, needed_fields
from evaluation.design import Instrument, load_study
from evaluation.records.indicators import DatasetFound, Line
from evaluation.records.responses import KEY, responses_schema

FAIR = load_study(Path(__file__).parent / "studies/fair")
HELPERS, STALLS, MARKS = (FAIR.instruments[name] for name in ("helpers", "stalls", "marks"))

Row = Mapping[str, object]


def frame(instrument: Instrument, rows: Sequence[Row]) -> pd.DataFrame:
    """Key columns and what the indicators need; batch, region and wave are filled in."""
    wanted = [column.name for column in KEY] + list(needed_fields(instrument))
    kept = [c for c in responses_schema(instrument).columns if c.name in wanted]
    filled = [
        {"batch": "one", "source_row": n, "respondent": f"r{n}", "region": "n", "wave": 0, **row}
        for n, row in enumerate(rows, start=2)
    ]
    made = pd.DataFrame(filled, columns=[c.name for c in kept])
    return made.astype({c.name: c.dtype for c in kept})


def found(
    instrument: Instrument, rows: Sequence[Row], versions: tuple[int, ...] = (1,)
) -> DatasetFound:
    return describe_dataset(instrument, frame(instrument, rows), versions=versions, study=FAIR)


def lines(made: DatasetFound, indicator: str) -> tuple[Line, ...]:
    return next(each.lines for each in made.indicators if each.indicator == indicator)


def helpers(many: int, seed: int = 1) -> list[Row]:
    """Cooks, singers and guards of two regions, who have learnt something."""
    rng = random.Random(seed)
    rows: list[Row] = []
    for n in range(many):
        before = (rng.randint(0, 6), rng.randint(2, 8))
        after = tuple(min(10, b + rng.randint(0, 4)) for b in before)
        rows.append(
            {
                "respondent": f"H{n:03d}",
                "region": rng.choice("nns"),
                "role": rng.choice("111223"),
                "cook_before": before[0],
                "cook_after": after[0],
                "sing_before": before[1],
                "sing_after": after[1],
                "taught": rng.choice([0, 1, 1, 9]),
                "mood": rng.choice([1, 5, 5, 9]),
            }
        )
    return rows


def marks(**changes: object) -> Row:
    """One line of sums."""
    usual = {"start": "2022-01-01", "end": "2022-03-31", "form": "1"}
    return {**usual, "pupils": 60, "good": 30, "absent": 0, **changes}


def stall(site: str, number: int, state: str = "1", visitors: int = 12, **more: object) -> Row:
    return {"site": site, "number": number, "state": state, "visitors": visitors, **more}
