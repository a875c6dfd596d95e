"""A file that came after its wave's due date: taken in all the same, and marked.

What a report says does not change by it: reports are made of what had come by a moment.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from evaluation.design import Study
from evaluation.intake.outcomes import Intake
from evaluation.records.findings import Effect, Finding, Severity


def marked_late(intake: Intake, study: Study, received_at: datetime) -> Intake:
    """`received_at` in UTC; days are those of the study's time zone. No due date: as it is."""
    due = None if intake.wave is None else study.wave(intake.wave).due
    if due is None:
        return intake
    days = (received_at.astimezone(ZoneInfo(study.time_zone)).date() - due).days
    if days <= 0:
        return intake
    late = Finding("late", Severity.INFORMATION, Effect.NOTE, values={"n": days})
    return replace(intake, findings=(*intake.findings, late))
