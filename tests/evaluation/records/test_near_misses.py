"""The clock of one business day, by the calendar of Kazakhstan's office hours."""

from datetime import UTC, date, datetime

import pytest

from evaluation.records.near_misses import NearMiss, due_by

HOLIDAYS = frozenset({date(2022, 3, 21), date(2022, 3, 22), date(2022, 3, 23)})


@pytest.mark.parametrize(
    ("noticed", "due"),
    [
        # UTC; Almaty was six hours ahead in 2022.
        ("2022-04-13 09:30", "2022-04-14 09:30"),  # Wednesday → Thursday, the same hour
        ("2022-04-15 09:30", "2022-04-18 09:30"),  # Friday → Monday
        ("2022-04-15 19:00", "2022-04-18 18:00"),  # already Saturday in Almaty → end of Monday
        ("2022-04-16 05:00", "2022-04-18 18:00"),  # Saturday → end of Monday
        ("2022-03-18 05:00", "2022-03-24 05:00"),  # Friday before three holidays → Thursday
        ("2022-03-22 05:00", "2022-03-24 18:00"),  # on a holiday → end of Thursday
    ],
)
def test_it_runs_for_one_business_day(noticed, due):
    began = datetime.fromisoformat(noticed).replace(tzinfo=UTC)
    ends = due_by(began, time_zone="Asia/Almaty", holidays=HOLIDAYS)
    assert ends == datetime.fromisoformat(due).replace(tzinfo=UTC)
    assert ends.tzinfo is UTC


def test_it_is_overdue_once_its_time_is_over_and_nobody_has_closed_it():
    begun, due = datetime(2022, 4, 13, tzinfo=UTC), datetime(2022, 4, 14, tzinfo=UTC)
    later = datetime(2022, 4, 15, tzinfo=UTC)
    open_one = NearMiss("b", begun, due, (("iin", 1),))
    assert not open_one.is_overdue(due)
    assert open_one.is_overdue(later)
    assert not NearMiss("b", begun, due, (), closed_at=due, closed_by="x").is_overdue(later)
