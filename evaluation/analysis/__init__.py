"""The numbers: stored answers → estimates with everything needed to doubt them.

The room's public face: `compare_regions` for any tidy table, `compare` for a study with its plan,
and every method that they are made of, for whoever wants one alone. Names are looked up when they
are first used, so that importing it costs nothing: pandas, scipy and statsmodels come with the
function that needs them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaluation.analysis.challenges.case import cases_of as cases_of
    from evaluation.analysis.evidence import compare as compare
    from evaluation.analysis.evidence import fields_needed as fields_needed
    from evaluation.analysis.evidence_table import CHALLENGES as CHALLENGES
    from evaluation.analysis.evidence_table import challenge as challenge
    from evaluation.analysis.evidence_table import evidence_of as evidence_of
    from evaluation.analysis.indicators.describing import describe_dataset as describe_dataset
    from evaluation.analysis.indicators.describing import needed_fields as needed_fields
    from evaluation.analysis.measures_table import MEASURES as MEASURES
    from evaluation.analysis.measures_table import measure as measure
    from evaluation.analysis.measures_table import measures_of as measures_of
    from evaluation.analysis.power_chart import draw_power as draw_power
    from evaluation.analysis.power_scenarios import SCENARIOS as SCENARIOS
    from evaluation.analysis.power_scenarios import PowerAnswer as PowerAnswer
    from evaluation.analysis.power_scenarios import Question as Question
    from evaluation.analysis.power_scenarios import answer_power as answer_power
    from evaluation.analysis.power_scenarios import questions as questions
    from evaluation.analysis.region_comparison import RegionComparison as RegionComparison
    from evaluation.analysis.scoring import ItemQuality as ItemQuality
    from evaluation.analysis.scoring import item_quality as item_quality
    from evaluation.analysis.scoring import pomp as pomp
    from evaluation.analysis.scoring import score_scale as score_scale
    from evaluation.analysis.tidy import compare_regions as compare_regions

# Module → what it offers. A test holds it against what is there.
ROOMS = {
    "challenges.case": "cases_of",
    "challenges.linkage": "linkage",
    "evidence": "compare fields_needed",
    "evidence_table": "CHALLENGES challenge evidence_of",
    "indicators.describing": "describe_dataset needed_fields",
    "measures_table": "MEASURES measure measures_of",
    "region_comparison": "RegionComparison",
    "power": "ClusterDesign detectable power_of regions_needed",
    "power_chart": "draw_power",
    "power_scenarios": "PowerAnswer Question SCENARIOS answer_power questions",
    "power_simulation": "Assumed simulate_power",
    "scoring": "ItemQuality item_quality pomp score_scale",
    "tidy": "compare_regions",
}

METHODS = {
    "cluster_moments": "ClusterMoments merge moments_of",
    "cluster_robust": "Formula robust",
    "dose": "describe_dose",
    "equivalence": "equivalence",
    "hedges": "clustered_g hedges_g hedges_g_of in_deviations",
    "ibragimov_muller": "ibragimov_muller",
    "imbens_kolesar": "imbens_kolesar_dof",
    "intraclass": "intraclass",
    "kenward_roger": "kenward_roger satterthwaite",
    "least_squares": "classical fit_moments fit_rows fit_with_constant",
    "leave_one_out": "leave_one_out",
    "leverage": "leverage",
    "max_t": "max_t step_down",
    "mixed_fit": "fit_mixed",
    "multiplicity": "adjust",
    "ordered_fit": "by_cluster fit_ordered",
    "permutation": "permute_regions",
    "permutation_floor": "permutation_floor",
    "permuted_arm": "Statistic",
    "sharpened_q": "sharpened_q",
    "smallest_effect": "smallest_effect",
    "summary_index": "summary_index",
    "two_by_two": "two_by_two",
    "two_samples": "pooled welch",
    "two_stage": "two_stage",
    "wild_bootstrap": "wild_bootstrap",
    "wild_draws": "Weights",
    "wild_scores": "Kind",
}
"""The same, in `inference/`."""

MEASUREMENT = {
    "agreement": "agreement",
    "consistency": "cronbach_alpha",
    "item_functioning": "item_functioning",
    "one_factor": "one_factor",
    "polychoric": "ordinal_alpha polychoric",
    "scale_quality": "quality_by scale_quality",
}
"""The same, in `measurement/`."""

SENSITIVITY = {
    "attrition": "attrition",
    "balance": "balance",
    "delta_band": "delta_band",
    "entropy_balancing": "entropy_balancing",
    "e_value": "e_value e_value_of_difference",
    "imputation": "impute",
    "lee_bounds": "lee_bounds",
    "omitted": "omitted_confounder robustness_value",
    "oster": "oster",
    "pooling": "pool",
    "propensity": "propensity_weights",
    "weighting": "weighted_contrast weighted_difference",
}
"""The same, in `sensitivity/`."""

_FOLDERS = {"inference": METHODS, "measurement": MEASUREMENT, "sensitivity": SENSITIVITY}

_HOME = {name: module for module, names in ROOMS.items() for name in names.split()} | {
    name: f"{folder}.{module}"
    for folder, modules in _FOLDERS.items()
    for module, names in modules.items()
    for name in names.split()
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"{__name__} has no {name}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
