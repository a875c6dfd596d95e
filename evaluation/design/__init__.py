"""The study as declared in study/: `load_study` reads it into one frozen, cross-checked `Study`."""

from evaluation.design.authored import Authored, Criterion, Link, Priority
from evaluation.design.contents import Contents
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
    Resampling,
    Study,
    VerdictRules,
    Wave,
)
from evaluation.design.wording import Confidence, Wording

__all__ = [
    "Approval",
    "Arm",
    "Authored",
    "Choice",
    "Choices",
    "Confidence",
    "Consent",
    "ConsentFields",
    "ConsentText",
    "Contents",
    "Covariate",
    "Criterion",
    "Disclosure",
    "Field",
    "FieldType",
    "Identity",
    "Instrument",
    "Level",
    "Link",
    "Need",
    "Outcome",
    "Permissions",
    "Plan",
    "Priority",
    "ReferenceValue",
    "Region",
    "RegionRole",
    "Registered",
    "Resampling",
    "Scale",
    "Site",
    "Split",
    "Study",
    "Texts",
    "VerdictRules",
    "Wave",
    "Wording",
    "load_study",
]
