"""The study that is shipped, its truth, and a population of it; `study` is the small tests/study."""

from __future__ import annotations

import pytest

from evaluation.design import Study, load_study
from evaluation.settings import CHECKOUT
from evaluation.synthetic import Truth, load_truth
from evaluation.synthetic.population import Population, populate


@pytest.fixture(scope="session")
def published() -> Study:
    return load_study(CHECKOUT / "evaluation" / "study")


@pytest.fixture(scope="session")
def truth() -> Truth:
    return load_truth()


@pytest.fixture(scope="session")
def population(published: Study, truth: Truth) -> Population:
    return populate(published, truth, children=400, seed=7)
