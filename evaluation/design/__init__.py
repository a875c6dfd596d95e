"""The study as declared in study/: `load_study` reads it into one frozen, cross-checked `Study`."""

from evaluation.design.loading import load_study
from evaluation.design.permissions import (
    Approval,
    ConsentFields,
    ConsentText,
    Permissions,
    Registered,
)
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
    Study,
    Wave,
)

__all__ = [
    "Approval",
    "Arm",
    "Choice",
    "Choices",
    "Consent",
    "ConsentFields",
    "ConsentText",
    "Covariate",
    "Disclosure",
    "Field",
    "FieldType",
    "Identity",
    "Instrument",
    "Level",
    "Need",
    "Outcome",
    "Permissions",
    "Plan",
    "ReferenceValue",
    "Region",
    "RegionRole",
    "Registered",
    "Scale",
    "Site",
    "Split",
    "Study",
    "Texts",
    "Wave",
    "load_study",
]
