"""Every child met at the first or the last wave: where each began, in which arm, met when.

A child belongs to the region where it began, whatever happens later: leaving a pilot region
may itself be an effect. Where the child's school or centre is in the study's list, the region
is the site's by the map of today, so that the reform of 2022 moves nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from evaluation.analysis.arrays import Flags, Labels, Rows
from evaluation.design import Arm, Plan, Study
from evaluation.errors import StudyError

NOT_MET = -1


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """One entry a child. `first`, `last`: the row of the responses at baseline and endline, or
    NOT_MET. `regions` and `arms` are those where the child began; `moved` marks another region
    at endline."""

    respondents: Labels
    regions: Labels
    arms: Labels
    first: Rows
    last: Rows
    moved: Flags

    @property
    def both(self) -> Flags:
        return np.asarray((self.first != NOT_MET) & (self.last != NOT_MET))

    def in_arm(self, arm: Arm) -> Flags:
        return np.asarray(self.arms == arm, dtype=np.bool_)


def plan_of(study: Study) -> Plan:
    if study.plan is None:
        raise StudyError("no_plan", file="plan.yaml", key="outcomes")
    return study.plan


def baseline_day(study: Study) -> date:
    """The day that decides which arm a region is in."""
    plan = plan_of(study)
    return study.wave(plan.baseline_wave).start or plan.dated


def cohort_of(responses: pd.DataFrame, study: Study) -> Cohort:
    """`responses`: at most one row a child and wave; rows of other waves than two are ignored."""
    plan = plan_of(study)
    respondents = responses["respondent"].to_numpy(dtype=object)
    waves = responses["wave"].to_numpy()
    first, last = (np.flatnonzero(waves == w) for w in (plan.baseline_wave, plan.endline_wave))
    began = _index(respondents[first])
    seen_again = began.get_indexer(_index(respondents[last]))
    new = last[seen_again < 0]
    rows = np.concatenate([first, new])
    last_rows = np.full(len(rows), NOT_MET, dtype=np.int64)
    last_rows[seen_again[seen_again >= 0]] = last[seen_again >= 0]
    last_rows[len(first) :] = new
    first_rows = np.where(np.arange(len(rows)) < len(first), rows, NOT_MET)
    regions = _regions(responses, study)
    return Cohort(
        respondents=respondents[rows],
        regions=regions[rows],
        arms=_arms(regions[rows], study),
        first=first_rows,
        last=last_rows,
        moved=_moved(regions, rows, last_rows, study),
    )


def _index(respondents: Labels) -> pd.Index[str]:
    index = pd.Index(respondents, dtype=object)
    assert index.is_unique, "a child has two rows in one wave"
    return index


def _regions(responses: pd.DataFrame, study: Study) -> Labels:
    said = responses["region"].to_numpy(dtype=object)
    site = study.instruments[plan_of(study).instrument].identity.site
    if site is None or site not in responses:
        return said
    codes, found = pd.factorize(responses[site])
    known = [study.sites[s].region if s in study.sites else None for s in found]
    by_site = np.array([*known, None], dtype=object)[codes]
    return np.where(pd.isna(by_site), said, by_site)


def _arms(regions: Labels, study: Study) -> Labels:
    day = baseline_day(study)
    codes, found = pd.factorize(regions)
    arms = np.array([study.arm_of(region, day) for region in found], dtype=object)
    return arms[codes]


def _moved(regions: Labels, rows: Rows, last: Rows, study: Study) -> Flags:
    """Another region at the last wave, unless only the map changed under the child's feet."""
    moved = np.zeros(len(rows), dtype=bool)
    day = baseline_day(study)
    met = last != NOT_MET
    differs = regions[rows[met]] != regions[last[met]]
    pairs = zip(regions[rows[met]][differs], regions[last[met]][differs], strict=True)
    really = [not _split_off(study, old, new, day) for old, new in pairs]
    moved[np.flatnonzero(met)[differs]] = really
    return moved


def _split_off(study: Study, old: str, new: str, day: date) -> bool:
    region = study.regions.get(new)
    return (
        region is not None
        and region.predecessor == old
        and region.since is not None
        and region.since > day
    )
