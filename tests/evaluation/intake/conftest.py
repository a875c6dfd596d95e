"""The study `visit`, which has what the small study has not: sites, check digits, rows of waves."""

import pytest

from evaluation.design import load_study
from tests.evaluation.intake.given import TESTS


@pytest.fixture(scope="session")
def visits():
    return load_study(TESTS / "studies/visit")
