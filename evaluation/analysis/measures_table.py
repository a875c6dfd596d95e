"""What is asked of a run beside its estimates: each entry stands alone, in any order."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from evaluation.analysis.challenges.case import Case, cases_of
from evaluation.analysis.measures.children import covariate_gaps, doubtful, links, losses
from evaluation.analysis.measures.scales import item_differences, reliability, stability
from evaluation.analysis.measures.spreads import spreads
from evaluation.analysis.measures.strength import robustness, seen_causes
from evaluation.design import Study
from evaluation.records.measures import Measures

MEASURES: Mapping[str, Callable[[tuple[Case, ...]], Measures]] = {
    "reliability": reliability,
    "stability": stability,
    "item_differences": item_differences,
    "losses": losses,
    "links": links,
    "doubtful": doubtful,
    "covariate_gaps": covariate_gaps,
    "spreads": spreads,
    "robustness": robustness,
    "seen_causes": seen_causes,
}


def measures_of(responses: pd.DataFrame, study: Study) -> Measures:
    """`responses`: both waves, the key columns and `fields_needed`. Raises StudyError for a study
    without a plan."""
    cases = cases_of(responses, study)
    return sum((measure(cases, name) for name in MEASURES), Measures())


def measure(cases: tuple[Case, ...], name: str) -> Measures:
    """The part of `Measures` that one entry finds."""
    return MEASURES[name](cases)
