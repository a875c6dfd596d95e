import pytest

from evaluation.records.estimates import Estimate


def test_an_estimate_is_a_number_or_a_reason_and_never_both():
    assert Estimate("civ", "civ", "primary", "ancova", value=0.2).reason is None
    assert Estimate("civ", "civ", "primary", "ancova", reason="few_regions").value is None
    with pytest.raises(AssertionError):
        Estimate("civ", "civ", "primary", "ancova")
    with pytest.raises(AssertionError):
        Estimate("civ", "civ", "primary", "ancova", value=0.2, reason="few_regions")
