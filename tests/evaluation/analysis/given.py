"""A study of two questions a scale, drawn in code, and answers drawn in text."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evaluation.analysis.sample import Sample
from evaluation.design import (
    Arm,
    Choice,
    Choices,
    Covariate,
    Disclosure,
    Field,
    FieldType,
    Identity,
    Instrument,
    Level,
    Need,
    Outcome,
    Plan,
    Region,
    RegionRole,
    Scale,
    Site,
    Study,
    Wave,
)

CASES = Path(__file__).parents[4] / "shared" / "stats" / "cases"


def case_file(name: str) -> Path:
    """A reference case beside the checkout; the tests of a bare clone do without."""
    if not CASES.exists():
        pytest.skip("the reference cases are not beside this checkout")
    return CASES / name


def _text(words: str) -> dict[str, str]:
    return {"en": words}


AGREE = Choices(
    "agree",
    (
        *(Choice(str(code), _text(str(code))) for code in range(1, 6)),
        Choice("8", _text("do not know"), missing=True),
    ),
)
SEX = Choices("sex", (Choice("F", _text("girl")), Choice("M", _text("boy"))))


def _field(name: str, type_: FieldType, **more: object) -> Field:
    return Field(name, Level.ROW, type_, Need.EXPECTED, _text(name), **more)  # type: ignore[arg-type]


INSTRUMENT = Instrument(
    id="form",
    version=1,
    title=_text("form"),
    fields=(
        _field("code", FieldType.TEXT),
        _field("site", FieldType.TEXT),
        _field("age", FieldType.INTEGER),
        _field("sex", FieldType.CODE, choices=SEX),
        _field("q1", FieldType.CODE, choices=AGREE, item=True),
        _field("q2", FieldType.CODE, choices=AGREE, item=True),
        _field("q3", FieldType.CODE, choices=AGREE, item=True),
    ),
    identity=Identity(respondent="code", site="site"),
)
SCALE = Scale(
    id="mood",
    instrument="form",
    name=_text("mood"),
    items=("q1", "q2", "q3"),
    reversed=frozenset({"q3"}),
    low=1,
    high=5,
    min_answered=2,
    role="primary",
)
THRESHOLDS = {
    "regions_per_arm": 2.0,
    "children_per_arm": 4.0,
    "dof_refuse": 1.2,
    "dof_low": 4.0,
    "gap_adjust": 0.05,
    "gap_refuse": 0.25,
    "attrition_overall": 0.20,
    "attrition_differential": 0.05,
}
PLAN = Plan(
    version=1,
    dated=date(2022, 1, 1),
    instrument="form",
    baseline_wave=0,
    endline_wave=1,
    estimand=_text("the difference"),
    outcomes=(Outcome("mood", "mood", "primary", "ancova"),),
    covariates=(),
    families={"primary": "holm"},
    alpha=0.05,
    power=0.8,
    thresholds=THRESHOLDS,
    digest="plan",
)
AGE = Covariate("age", "age")
FEMALE = Covariate("female", "sex", "F")
PILOT_REGIONS = ("p1", "p2", "p3")
COMPARISON_REGIONS = ("c1", "c2", "c3")


def study(plan: Plan | None = PLAN, **changes: object) -> Study:
    codes = (*PILOT_REGIONS, *COMPARISON_REGIONS, "elsewhere", "new")
    regions = {code: Region(code, code, "region", _text(code)) for code in codes}
    regions["new"] = replace(regions["new"], predecessor="p1", since=date(2022, 6, 8))
    start = date(2022, 1, 1)
    made = Study(
        id="small",
        title=_text("small"),
        languages=("en",),
        example=True,
        time_zone="Asia/Almaty",
        waves=(Wave(0, _text("first"), date(2022, 3, 1)), Wave(1, _text("last"))),
        regions=regions,
        splits=(),
        roles=(
            *(RegionRole(code, Arm.PILOT, start) for code in PILOT_REGIONS),
            *(RegionRole(code, Arm.COMPARISON, start) for code in COMPARISON_REGIONS),
        ),
        sites={"S1": Site("S1", "p1", start)},
        instruments={"form": INSTRUMENT},
        scales={"mood": SCALE},
        reference_values=(),
        plan=plan,
        disclosure=Disclosure(),
        intake={},
        digest="study",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def responses(drawn: str) -> pd.DataFrame:
    """A table drawn in text, - where a cell is empty, with the types of RESPONSES."""
    frame = pd.read_csv(io.StringIO(drawn), sep=r"\s+", dtype="str", na_values="-")
    return typed(frame)


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    numbers = [name for name in ("age", "q1", "q2", "q3") if name in frame]
    texts = [name for name in ("respondent", "region", "site", "sex") if name in frame]
    came = frame.assign(batch=frame.get("batch", "file"))
    return came.astype(
        {"batch": "str", "wave": "int64"}
        | dict.fromkeys(numbers, "Int16")
        | dict.fromkeys(texts, "str")
    )


def answers(seed: int = 1, children: int = 12, effect: float = 1.0) -> pd.DataFrame:
    """`children` in every region at both waves; pilot children answer `effect` higher at the end."""
    rng = np.random.default_rng(seed)
    region = np.repeat([*PILOT_REGIONS, *COMPARISON_REGIONS], children)
    pilot = np.isin(region, PILOT_REGIONS)
    mood = rng.normal(3, 0.7, len(region))
    mood -= np.where(pilot, mood[pilot].mean() - mood[~pilot].mean(), 0)
    waves = [
        pd.DataFrame(
            {
                "respondent": [f"child{number}" for number in range(len(region))],
                "region": region,
                "wave": wave,
                "age": rng.integers(8, 17, len(region)),
                "sex": rng.choice(["F", "M"], len(region)),
                **_items(mood + wave * effect * pilot, rng),
            }
        )
        for wave in (0, 1)
    ]
    return typed(pd.concat(waves, ignore_index=True))


def _items(mood: np.ndarray, rng: np.random.Generator) -> dict[str, np.ndarray]:
    drawn = {q: np.clip(np.rint(mood + rng.normal(0, 0.6, len(mood))), 1, 5) for q in SCALE.items}
    return drawn | {q: 6 - drawn[q] for q in SCALE.reversed}


def sample(seed: int = 1, sizes: tuple[int, ...] = (9, 6, 12, 7, 8, 10), k: int = 1) -> Sample:
    """Children of regions of these sizes, the first half of them pilot; `k` covariates."""
    rng = np.random.default_rng(seed)
    regions = np.repeat([f"r{number}" for number in range(len(sizes))], sizes).astype(object)
    pilot = np.isin(regions, [f"r{number}" for number in range(len(sizes) // 2)])
    shared = dict(zip(sorted(set(regions)), rng.normal(0, 0.3, len(sizes)), strict=True))
    n = len(regions)
    baseline = rng.normal(3, 0.7, n)
    covariates = rng.normal(0, 1, (n, k))
    noise = rng.normal(0, 0.5, n) + np.array([shared[region] for region in regions])
    endline = 1 + 0.6 * baseline + 0.4 * pilot + 0.1 * covariates.sum(axis=1) + noise
    return Sample(
        respondents=np.array([f"child{number}" for number in range(n)], dtype=object),
        regions=regions,
        pilot=pilot,
        baseline=baseline,
        endline=endline,
        covariates=covariates,
        covariate_names=tuple(f"z{j}" for j in range(k)),
    )
