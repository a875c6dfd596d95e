import pytest

from evaluation.records.estimates import Estimate
from evaluation.records.opinions import Bootstrap, Companion, Word, second_test


def bootstrap(kind, drawn_by):
    return Bootstrap(kind, drawn_by, 0.5, None, None, 8, True, 0.25, "m")


def test_a_companion_is_a_number_or_a_reason_and_never_both():
    assert Companion("ancova", value=0.2).reason is None
    assert Companion("ancova", reason="collinear").value is None
    with pytest.raises(AssertionError):
        Companion("ancova")
    with pytest.raises(AssertionError):
        Companion("ancova", value=0.2, reason="collinear")


def test_the_second_test_is_the_restricted_one_by_region():
    by_site, diagnostic = bootstrap("WCR11", "site"), bootstrap("WCU11", "region")
    asked = bootstrap("WCR11", "region")
    assert second_test((by_site, diagnostic, asked)) is asked
    assert second_test((by_site, diagnostic)) is None
    estimate = Estimate("a", "a", "primary", "ancova", value=0.1, bootstraps=(diagnostic, asked))
    assert estimate.wild_bootstrap is asked


def test_there_is_no_word_for_no_effect():
    assert [str(word) for word in Word] == [
        "supported",
        "suggestive",
        "no_evidence",
        "not_estimable",
    ]
