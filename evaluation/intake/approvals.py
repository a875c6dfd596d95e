"""Whether children of a region might be asked at all in a wave: its ethics approval, its training.

Where the register has no such line the batch waits, whole and locked; nobody who typed it has to
do anything again once the evaluation team has entered the line.
"""

from __future__ import annotations

from evaluation.design import Approval, Study
from evaluation.intake.places import Places
from evaluation.records.batches import Batch
from evaluation.records.findings import Effect, Finding, Severity

RULES = {Approval.ETHICS: "ethics_missing", Approval.TRAINING: "training_missing"}


def find_unapproved(places: Places, study: Study) -> tuple[Finding, ...]:
    """One finding a region, wave and kind. Where rows differ, every region and wave of them."""
    if places.region and places.wave is not None:
        asked = {(places.region, places.wave)}
    else:
        rows = zip(places.regions.tolist(), places.waves.tolist(), strict=True)
        asked = {(region, int(wave)) for region, wave in rows if region and _known(wave, study)}
    return tuple(
        Finding(
            RULES[kind],
            Severity.MUST_FIX,
            Effect.WAIT,
            values={"region": region, "wave": wave},
        )
        for region, wave in sorted(asked)
        for kind in study.permissions.missing(region, wave)
    )


def is_due(batch: Batch, study: Study) -> bool:
    """Whether a batch that waits can have another answer than when it was last looked at."""
    rows_differ = not batch.region or batch.wave is None
    return rows_differ or not study.permissions.missing(batch.region, batch.wave)


def _known(wave: str | None, study: Study) -> bool:
    return wave in {str(each.id) for each in study.waves}
