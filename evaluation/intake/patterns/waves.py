"""The same child at another wave, in this file or in the store: what was said earlier, what later.

An entry is a row of this file beside the nearest earlier, or the nearest later, answers of its
child.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaluation.design import Instrument, Study
from evaluation.intake.patterns.asked import FIRST_COLUMNS, Asked, Scene
from evaluation.records.responses import kept_as_key

EARLIER, LATER = "_earlier", "_later"


def compared_fields(columns: frozenset[str], instrument: Instrument) -> tuple[str, ...]:
    """The fields behind `sex_earlier`, `sex_later` …; restricted ones are never looked up."""
    names = {name.removesuffix(EARLIER).removesuffix(LATER) for name in columns}
    keys = {*FIRST_COLUMNS, *kept_as_key(instrument.identity)}
    fields = {field.name: field for field in instrument.row_fields if field.name not in keys}
    found = tuple(sorted(name for name in names if name in fields))
    assert not any(fields[name].restricted for name in found), "restricted fields stay apart"
    return found


def waves(scene: Scene, names: frozenset[str]) -> Asked | None:
    """None where the file lacks one of the fields."""
    fields = compared_fields(names, scene.instrument)
    texts = {name: scene.texts(name) for name in ("respondent", "wave", "region", *fields)}
    if any(column is None for column in texts.values()):
        return None
    here = pd.DataFrame(texts).dropna(subset=["respondent", "wave"])
    here = here.assign(wave=here["wave"].astype("int64"), entry=here.index)
    if scene.known.empty and here["wave"].nunique() < 2:
        here = here.iloc[:0]  # nothing to compare with, and nothing to search for
    pairs = _nearest(here.merge(_known(scene, here), on="respondent", suffixes=("", "_there")))
    before = pairs["wave_there"] < pairs["wave"]
    columns = {}
    for name in ("region", *fields):
        columns[name + EARLIER] = pairs[f"{name}_there"].where(before, pairs[name])
        columns[name + LATER] = pairs[name].where(before, pairs[f"{name}_there"])
    columns["region" + LATER] = _same_ground(
        columns["region" + EARLIER], columns["region" + LATER], scene.study
    )
    entries = pairs["entry"].to_numpy(dtype=np.int64)
    return Asked(columns, scene.judged[entries], np.ones(len(entries), dtype=np.int64))


def _known(scene: Scene, here: pd.DataFrame) -> pd.DataFrame:
    """Of this file and of others; each thing said once, so that copies do not multiply."""
    names = [name for name in here.columns if name != "entry"]
    return pd.concat([scene.known.reindex(columns=names), here[names]]).drop_duplicates()


def _nearest(pairs: pd.DataFrame) -> pd.DataFrame:
    pairs = pairs[pairs["wave"] != pairs["wave_there"]]
    pairs = pairs.assign(after=pairs["wave_there"] > pairs["wave"])
    pairs = pairs.assign(gap=(pairs["wave_there"] - pairs["wave"]).abs())
    nearest = pairs.groupby(["entry", "after"])["gap"].transform("min")
    return pairs.loc[pairs["gap"] == nearest].reset_index(drop=True)


def _same_ground(earlier: pd.Series, later: pd.Series, study: Study) -> pd.Series:
    """A region that was split is no other region than the part the child lives in."""
    parents = {code: region.predecessor for code, region in study.regions.items()}
    split = (later.map(parents) == earlier) | (earlier.map(parents) == later)
    return later.where(~split, earlier)
