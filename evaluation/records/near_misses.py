"""A near miss: personal data that came in with a file and were stopped at the gate.

The law gives one business day from when it is noticed (domain.md §3.2), so each has a clock.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class NearMiss:
    """`kinds`: what was found and in how many places, never what it said. Moments in UTC."""

    batch: str
    noticed_at: datetime
    due: datetime
    kinds: tuple[tuple[str, int], ...]
    closed_at: datetime | None = None
    closed_by: str | None = None

    def is_overdue(self, now: datetime) -> bool:
        return self.closed_at is None and self.due < now


def due_by(noticed: datetime, *, time_zone: str, holidays: Collection[date]) -> datetime:
    """One business day later: the same hour of the next working day.

    What is noticed on a day off is due at the end of the first working day after it.
    """
    zone = ZoneInfo(time_zone)
    local = noticed.astimezone(zone)
    following = _next_working_day(local.date(), holidays)
    if _is_working(local.date(), holidays):
        due = datetime.combine(following, local.timetz())
    else:
        due = datetime.combine(following + timedelta(days=1), time(), zone)
    return due.astimezone(UTC)


def _is_working(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def _next_working_day(day: date, holidays: Collection[date]) -> date:
    following = day + timedelta(days=1)
    while not _is_working(following, holidays):
        following += timedelta(days=1)
    return following
