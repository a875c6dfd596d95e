"""One file per section, each with `build(facts, study, say)`: a Section, or None where there is
nothing to tell. SECTIONS is the order of a whole report; a study may name others (kinds.py)."""

from evaluation.release.report.sections import (
    absent,
    at_a_glance,
    changed_results,
    changes,
    comparability,
    conclusions,
    context,
    data_quality,
    ethics,
    limits,
    measurement,
    methods,
    participation,
    progress_glance,
    provenance,
    purpose,
    recommendations,
    response,
    results,
    sensitivity,
)

SECTIONS = (
    at_a_glance.build,
    context.build,
    purpose.build,
    methods.build,
    ethics.build,
    participation.build,
    comparability.build,
    measurement.build,
    results.build,
    sensitivity.build,
    data_quality.build,
    limits.build,
    conclusions.build,
    recommendations.build,
    response.build,
    absent.build,
    changes.build,
    changed_results.build,
    provenance.build,
)
FURTHER = (progress_glance.build,)
"""Those that only some kinds of report hold."""
