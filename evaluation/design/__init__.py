"""The study as declared in study/: `load_study` reads it into one frozen, cross-checked `Study`."""

from evaluation.design.loading import load_study
from evaluation.design.places import (
    Arm,
    Region,
    RegionRole,
    Site,
    Split,
)
from evaluation.design.questionnaires import (
    Choice,
    Choices,
    Consent,
    Field,
    FieldType,
    Identity,
    Instrument,
    Level,
    Need,
    Scale,
    Texts,
)
from evaluation.design.study import (
    Covariate,
    Disclosure,
    Outcome,
    Plan,
    ReferenceValue,
    Resampling,
    Study,
    VerdictRules,
    Wave,
)

__all__ = [
    "Arm",
    "Choice",
    "Choices",
    "Consent",
    "Covariate",
    "Disclosure",
    "Field",
    "FieldType",
    "Identity",
    "Instrument",
    "Level",
    "Need",
    "Outcome",
    "Plan",
    "ReferenceValue",
    "Region",
    "RegionRole",
    "Resampling",
    "Scale",
    "Site",
    "Split",
    "Study",
    "Texts",
    "VerdictRules",
    "Wave",
    "load_study",
]
