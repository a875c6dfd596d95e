"""The study `visit` with scales over the invented questionnaire `asked`."""

import dataclasses

import pytest

from tests.evaluation.intake.patterns.given import ASKED, SCALES


@pytest.fixture(scope="session")
def asked(visits):
    return dataclasses.replace(visits, instruments={"asked": ASKED}, scales=SCALES)
