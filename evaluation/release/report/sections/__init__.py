"""One file per section, each with `build(facts, study, say) -> Section`, in the report's order."""

from evaluation.release.report.sections import (
    at_a_glance,
    data_quality,
    limits,
    participation,
    provenance,
    results,
)

SECTIONS = (
    at_a_glance.build,
    participation.build,
    results.build,
    data_quality.build,
    limits.build,
    provenance.build,
)
