"""One file per section, each with `build(facts, study, say) -> Section`, in the report's order."""

from evaluation.release.report.sections import (
    absent,
    at_a_glance,
    comparability,
    data_quality,
    delivery,
    ethics,
    limits,
    methods,
    participation,
    partners,
    provenance,
    results,
    school,
    services,
    specialists,
)

SECTIONS = (
    at_a_glance.build,
    methods.build,
    ethics.build,
    participation.build,
    comparability.build,
    results.build,
    delivery.build,
    specialists.build,
    school.build,
    services.build,
    partners.build,
    data_quality.build,
    limits.build,
    absent.build,
    provenance.build,
)
