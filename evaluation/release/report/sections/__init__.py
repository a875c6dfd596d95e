"""One file per section, each with `build(facts, study, say) -> Section`, in the report's order."""

from evaluation.release.report.sections import (
    absent,
    at_a_glance,
    comparability,
    data_quality,
    ethics,
    limits,
    measurement,
    methods,
    participation,
    provenance,
    results,
    sensitivity,
)

SECTIONS = (
    at_a_glance.build,
    methods.build,
    ethics.build,
    participation.build,
    comparability.build,
    measurement.build,
    results.build,
    sensitivity.build,
    data_quality.build,
    limits.build,
    absent.build,
    provenance.build,
)
