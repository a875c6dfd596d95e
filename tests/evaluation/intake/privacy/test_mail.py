import pytest

from evaluation.intake.privacy import mail
from tests.evaluation.intake.given import growth


@pytest.mark.parametrize(
    "text",
    ["a.b@example.kz", "пишите: office@example.org!", "@nickname", "T.me/someone", "wa.me/7"],
)
def test_addresses_and_handles_are_found(text):
    assert list(mail.find(text))


def test_a_cell_ten_times_as_long_takes_no_more_than_ten_times_as_long():
    assert list(mail.find("a" * 1_000_000)) == []
    assert growth(lambda times: list(mail.find("a" * 20_000 * times)), times=10) < 40


@pytest.mark.parametrize("text", ["a@b", "5 @ 100", "@", "home.me/x", "2 кг @ 30"])
def test_other_uses_of_the_sign_are_not(text):
    assert list(mail.find(text)) == []
