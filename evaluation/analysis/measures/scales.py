"""How well each scale measures: by wave and language, between the waves, question by question."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from evaluation.analysis.arrays import Flags, Rows
from evaluation.analysis.challenges.case import Case, began_of
from evaluation.analysis.challenges.functioning import by_arm, by_language
from evaluation.analysis.cohort import NOT_MET
from evaluation.analysis.measurement.agreement import agreement
from evaluation.analysis.measurement.item_functioning import ItemFunctioning
from evaluation.analysis.measurement.scale_quality import ScaleQuality, scale_quality
from evaluation.analysis.scoring import answers_of
from evaluation.design import Arm
from evaluation.errors import EstimationError
from evaluation.records.measures import ItemDifference, Measures, Reliability, Stability

ALL = ""
LANGUAGE, ARM = "language", "arm"


def reliability(cases: tuple[Case, ...]) -> Measures:
    """At both waves, of all children and of those asked in each of the plan's languages."""
    found = (_reliability(case, *part) for case in _by_scale(cases) for part in _parts(case))
    return Measures(reliabilities=tuple(found))


def stability(cases: tuple[Case, ...]) -> Measures:
    """Where nothing was done, a score that changes tells of the scale."""
    return Measures(stabilities=tuple(_stability(case) for case in _by_scale(cases)))


def item_differences(cases: tuple[Case, ...]) -> Measures:
    found = (one for case in _by_scale(cases) for b in (LANGUAGE, ARM) for one in _items(case, b))
    return Measures(item_differences=tuple(found))


def _by_scale(cases: tuple[Case, ...]) -> tuple[Case, ...]:
    """Two outcomes of one scale are measured once."""
    return tuple({case.scale.id: case for case in cases}.values())


def _parts(case: Case) -> Iterator[tuple[int, str, Rows]]:
    """Wave, language, rows of the responses."""
    cohort, plan = case.cohort, case.plan
    for wave, met in ((plan.baseline_wave, cohort.first), (plan.endline_wave, cohort.last)):
        in_study = cohort.in_arm(Arm.PILOT) | cohort.in_arm(Arm.COMPARISON)
        rows = met[in_study & (met != NOT_MET)]
        yield wave, ALL, rows
        languages = plan.challenges.languages
        if languages is not None and languages.field in case.responses:
            asked = case.responses[languages.field].to_numpy(dtype=object)[rows]
            for language in (languages.first, languages.second):
                yield wave, language, rows[asked == language]


def _reliability(case: Case, wave: int, language: str, rows: Rows) -> Reliability:
    scale = case.scale
    answers = answers_of(case.responses.iloc[rows], scale, case.instrument)
    found = scale_quality(
        answers, scale.items, ends=(scale.low, scale.high), level=case.level, group=(wave, language)
    )
    return Reliability(
        scale=scale.id,
        wave=wave,
        language=language,
        children=found.rows,
        complete=int(np.isfinite(answers).all(axis=1).sum()),
        omega=found.omega,
        ordinal_alpha=found.ordinal_alpha,
        floor=found.floor,
        ceiling=found.ceiling,
        caution=found.caution,
        reason=dict(found.unavailable).get("alpha"),
        **_alpha(found),
    )


def _alpha(found: ScaleQuality) -> dict[str, float]:
    if found.consistency is None:
        return {}
    rest = [part.rest for part in found.consistency.items]
    return {
        "alpha": found.consistency.alpha,
        "low": found.consistency.low,
        "high": found.consistency.high,
        "rest_low": min(rest),
        "rest_high": max(rest),
    }


def _stability(case: Case) -> Stability:
    cohort = case.cohort
    twice = cohort.in_arm(Arm.COMPARISON) & cohort.both
    scores = np.column_stack([case.scores[cohort.first[twice]], case.scores[cohort.last[twice]]])
    whole = scores[np.isfinite(scores).all(axis=1)]
    try:
        found = next(one for one in agreement(whole, level=case.level) if one.kind == "ICC2")
    except EstimationError as error:
        return Stability(case.scale.id, len(whole), reason=error.rule)
    return Stability(case.scale.id, len(whole), found.value, found.low, found.high)


def _items(case: Case, between: str) -> tuple[ItemDifference, ...]:
    try:
        found = by_language(case) if between == LANGUAGE else by_arm(case)
    except EstimationError as error:
        return (ItemDifference(case.scale.id, "", between, 0, reason=error.rule),)
    smallest = _smallest(case, between)
    return tuple(_item(one, case.scale.id, between, smallest) for one in found)


def _item(one: ItemFunctioning, scale: str, between: str, smallest: int) -> ItemDifference:
    if one.either is None:
        return ItemDifference(scale, one.item, between, smallest, reason=one.reason)
    return ItemDifference(
        scale=scale,
        item=one.item,
        between=between,
        smallest=smallest,
        chi_square=one.either.chi_square,
        p_value=one.either.p_value,
        mcfadden=one.either.mcfadden,
        nagelkerke=one.either.nagelkerke,
        group_effect=one.group_effect,
        flagged=one.flagged,
    )


def _smallest(case: Case, between: str) -> int:
    """Children with every answer in the smaller of the two groups that were judged."""
    began = began_of(case)
    answers = answers_of(case.responses.iloc[began.rows], case.scale, case.instrument)
    whole = np.isfinite(answers).all(axis=1)
    return min(int((whole & group).sum()) for group in _groups(case, between, began.rows))


def _groups(case: Case, between: str, rows: Rows) -> tuple[Flags, Flags]:
    languages = case.plan.challenges.languages
    if between == LANGUAGE and languages is not None:
        asked = case.responses[languages.field].to_numpy(dtype=object)[rows]
        return np.asarray(asked == languages.first), np.asarray(asked == languages.second)
    pilot = began_of(case).pilot
    return pilot, ~pilot
