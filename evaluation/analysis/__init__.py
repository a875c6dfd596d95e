"""The numbers: stored answers → estimates with everything needed to doubt them.

The room's public face. Names are looked up when they are first used, so that importing it costs
nothing: pandas, scipy and statsmodels come with the function that needs them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaluation.analysis.evidence import compare, fields_needed
    from evaluation.analysis.scoring import ItemQuality, item_quality, pomp, score_scale
    from evaluation.analysis.tidy import RegionComparison, compare_regions

_HOME = {
    "compare": "evidence",
    "fields_needed": "evidence",
    "ItemQuality": "scoring",
    "item_quality": "scoring",
    "pomp": "scoring",
    "score_scale": "scoring",
    "RegionComparison": "tidy",
    "compare_regions": "tidy",
}

__all__ = [
    "ItemQuality",
    "RegionComparison",
    "compare",
    "compare_regions",
    "fields_needed",
    "item_quality",
    "pomp",
    "score_scale",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"{__name__} has no {name}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
