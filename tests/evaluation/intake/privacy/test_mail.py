import time

import pytest

from evaluation.intake.privacy import mail


@pytest.mark.parametrize(
    "text",
    ["a.b@example.kz", "пишите: office@example.org!", "@nickname", "T.me/someone", "wa.me/7"],
)
def test_addresses_and_handles_are_found(text):
    assert list(mail.find(text))


def test_a_very_long_cell_takes_no_time():
    start = time.perf_counter()
    assert list(mail.find("a" * 1_000_000)) == []
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("text", ["a@b", "5 @ 100", "@", "home.me/x", "2 кг @ 30"])
def test_other_uses_of_the_sign_are_not(text):
    assert list(mail.find(text)) == []
