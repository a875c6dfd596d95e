"""What a released report is made of and by whom it was let out, for machines to read.

Everything in it is released, or tells of files and batches: never of a child, and not how many
withdrew.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from evaluation.records.editions import Edition, EditionFile
from evaluation.records.estimates import Run
from evaluation.release.disclosure import ReleasedFacts, ReleasedPlanning

FORMAT = "stories-release/1"
NAME = "manifest.json"
TOLD = ("cells", "hidden", "kept", "earlier", "minimum_cell", "round_counts_to")
"""Of the audit, what the report tells too: the rest is the evaluator's (`stories audit`)."""


def manifest(
    edition: Edition,
    run: Run,
    facts: ReleasedFacts,
    files: Sequence[EditionFile],
    *,
    kind: str,
) -> bytes:
    """`files`: what is given out beside it. The same edition is the same bytes, so the moment of
    the giving out itself is not in it; the store has it."""
    said = {
        "format": FORMAT,
        "edition": edition.id,
        "kind": kind,
        "run": run.id,
        "synthetic": run.synthetic,
        "data_cut_off": run.as_of.isoformat(),
        "data_digest": run.data_digest,
        "batches": sorted(run.batches),
        "study_digest": run.study_digest,
        "code_version": run.code_version,
        "versions": dict(run.versions),
        "plan": _plan(run, facts),
        "disclosure": {name: getattr(facts.audit, name) for name in TOLD},
        "states": [
            {"state": line.state, "at": line.at.isoformat(), "actor": line.actor}
            for line in edition.lines
        ],
        "drafts": [asdict(file) for file in edition.drafts],
        "files": [asdict(file) for file in files],
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def _plan(run: Run, facts: ReleasedFacts) -> dict[str, object]:
    return {
        "digest": run.plan_digest,
        "version": facts.provenance.plan_version,
        "dated": run.plan_dated.isoformat(),
        "frozen": _frozen(facts.planning),
        "deviations": [asdict(each) for each in facts.planning.changes] if facts.planning else [],
        "results": {outcome.outcome: outcome.origin for outcome in facts.outcomes},
    }


def _frozen(planning: ReleasedPlanning | None) -> dict[str, object] | None:
    if planning is None:
        return None
    opened = planning.opened_at
    return {
        "digest": planning.digest,
        "at": planning.frozen_at.isoformat(),
        "year_end_answers_since": opened.isoformat() if opened else None,
    }
