import dataclasses
from datetime import UTC, date, datetime

import pytest

from evaluation.intake.lateness import marked_late
from tests.evaluation.intake.given import ADA, checked, pupil_rows, text_table

FILE = text_table(pupil_rows(ADA))


@pytest.mark.parametrize(
    ("received", "days"),
    [
        (datetime(2022, 6, 10, 12, tzinfo=UTC), None),
        (datetime(2022, 6, 10, 17, 59, tzinfo=UTC), None),
        (datetime(2022, 6, 10, 18, 1, tzinfo=UTC), 1),  # after midnight in Almaty, +06 in 2022
        (datetime(2022, 6, 20, 12, tzinfo=UTC), 10),
    ],
)
def test_a_file_is_late_by_the_days_of_the_study(study, received, days):
    waves = tuple(dataclasses.replace(wave, due=date(2022, 6, 10)) for wave in study.waves)
    intake = checked(FILE, study)
    marked = marked_late(intake, dataclasses.replace(study, waves=waves), received)
    assert [dict(f.values) for f in marked.findings] == ([] if days is None else [{"n": days}])
    assert marked.status is intake.status  # information changes nothing


def test_without_a_due_date_or_a_wave_nothing_is_late(study):
    intake = checked(FILE, study)
    received = datetime(2030, 1, 1, tzinfo=UTC)
    assert marked_late(intake, study, received) is intake
    nowhen = dataclasses.replace(intake, wave=None)
    assert marked_late(nowhen, study, received) is nowhen
