"""CITATION.cff: how the code of the analysis is cited (Citation File Format 1.2.0)."""

from __future__ import annotations

import yaml

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure.account import Provenance

VERSION = "1.2.0"


def citation(made: Provenance, study: Study) -> bytes:
    """No person is named: authors are the evaluation's team, as the format allows."""
    say = Language("en")
    title = say.text(study.title)
    said = {
        "cff-version": VERSION,
        "message": say("report.package.cite"),
        "type": "software",
        "title": say("report.package.code", title=title),
        "version": made.code_version,
        "authors": [{"name": say("report.package.team", title=title)}],
        "abstract": say("report.package.run", run=made.run, plan=made.plan_digest),
    }
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False).encode()
