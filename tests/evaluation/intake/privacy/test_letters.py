"""Cells as people and programmes really write them, made plain before they are searched."""

import pytest

from evaluation.intake.privacy.letters import joined, unmixed


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("8\u00a0701\u202f123", "8 701 123"),
        ("8\u2013701\u2212123", "8-701-123"),
        ("87\u200b01\ufeff123", "8701123"),
        ("first\nsecond", "first second"),
        ("a\tb", "a b"),
        ("plain", "plain"),
        ("Николаи\u0306", "Николай"),
        ("Мaрaтовна", "Маратовна"),  # two Latin letters in a Russian word
        ("Marat Маратовна", "Marat Маратовна"),
    ],
)
def test_what_cannot_be_seen_does_not_hide_anything(text, plain):
    assert joined([text]) == plain


def test_every_text_keeps_its_line():
    texts = ["a\r\nb", "", "в\u2028г", "\u200b", "x"]
    assert len(joined(texts).split("\n")) == len(texts)


def test_a_text_without_latin_letters_is_left_as_it_is():
    text = "Маратовна"
    assert unmixed(text) is text
