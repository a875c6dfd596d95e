"""The small study's questionnaire (`study` is tests/study), and the study that is shipped."""

from __future__ import annotations

import pytest

from evaluation.design import Instrument, Study, load_study
from evaluation.settings import CHECKOUT


@pytest.fixture(scope="session")
def published() -> Study:
    return load_study(CHECKOUT / "evaluation" / "study")


@pytest.fixture(scope="session")
def pupil(study: Study) -> Instrument:
    return study.instruments["pupil"]
