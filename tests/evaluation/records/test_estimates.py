from dataclasses import fields
from datetime import UTC, date, datetime

import pytest

from evaluation.records.estimates import Estimate, Run


def test_an_estimate_is_a_number_or_a_reason_and_never_both():
    assert Estimate("civ", "civ", "primary", "ancova", value=0.2).reason is None
    assert Estimate("civ", "civ", "primary", "ancova", reason="few_regions").value is None
    with pytest.raises(AssertionError):
        Estimate("civ", "civ", "primary", "ancova")
    with pytest.raises(AssertionError):
        Estimate("civ", "civ", "primary", "ancova", value=0.2, reason="few_regions")


def test_the_summary_of_an_estimate_says_what_it_was_made_with_and_of():
    run = Run(
        id="r",
        as_of=datetime(2022, 12, 1, tzinfo=UTC),
        started_at=datetime(2022, 12, 2, tzinfo=UTC),
        code_version="0.1.0",
        plan_digest="plan",
        plan_dated=date(2022, 2, 1),
        study_digest="study",
        data_digest="data",
        batches=(),
        versions=(("numpy", "2.4.6"),),
        synthetic=True,
    )
    estimate = Estimate("civ", "civ", "primary", "ancova", value=0.2, dof=5.25, method="CR2")
    lines = dict(line.split(maxsplit=1) for line in estimate.summary(run).splitlines())
    assert {field.name for field in fields(Estimate)} <= set(lines)
    assert (lines["dof"], lines["method"]) == ("5.25", "CR2")
    assert (lines["data_digest"], lines["versions.numpy"]) == ("data", "2.4.6")
