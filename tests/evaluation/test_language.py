from datetime import UTC, date, datetime

import pytest

from evaluation.errors import SettingsError
from evaluation.language import Catalogue, Language, catalogue, languages

NBSP = "\u00a0"


def test_there_are_three_languages():
    assert languages() == ("en", "kk", "ru")


def test_an_unknown_language_is_refused():
    with pytest.raises(SettingsError, match="unknown_language"):
        Language("de")


@pytest.mark.parametrize(
    ("code", "value", "decimals", "signed", "said"),
    [
        ("en", -0.5, 2, False, "−0.50"),
        ("ru", -0.5, 2, False, "−0,50"),
        ("kk", 0.25, 2, True, "+0,25"),
        ("en", -0.004, 2, True, "0.00"),  # no sign before a rounded nothing
        ("en", 12345, 0, False, "12,345"),
        ("ru", 12345, 0, False, f"12{NBSP}345"),
        ("en", None, 2, False, "–"),
    ],
)
def test_numbers_follow_the_language(code, value, decimals, signed, said):
    assert Language(code).number(value, decimals, signed=signed) == said


@pytest.mark.parametrize(("code", "said"), [("en", "51%"), ("ru", f"51{NBSP}%"), ("kk", "51%")])
def test_shares_are_whole_percents(code, said):
    assert Language(code).percent(0.512) == said
    assert Language(code).percent(None) == "–"


def test_days_and_moments_are_written_out():
    assert Language("ru").day(date(2022, 11, 14)) == "14 ноября 2022\u202fг."
    assert Language("en").day(date(2022, 11, 14)) == "14 November 2022"
    assert (
        Language("en").moment(datetime(2022, 11, 14, 9, 5, tzinfo=UTC))
        == "14 November 2022, 09:05 UTC"
    )


def test_the_studys_own_texts_are_said_in_the_readers_language_if_they_can_be():
    assert Language("kk").text({"en": "Code", "kk": "Код"}) == "Код"
    assert Language("kk").text({"en": "Code"}) == "Code"


@pytest.fixture
def say_with():
    """A language whose catalogue is drawn in the test."""

    def build(code: str, **texts: tuple[str, ...]) -> Language:
        say = Language(code)
        say._catalogue = Catalogue(texts, catalogue(code).plural)
        return say

    return build


def test_values_are_written_as_their_formats_say(say_with):
    say = say_with(
        "ru",
        all=("{n} / {part:.1} / {gain:+.2} / {share:%} / {day} / {at} / {yes} / {none} / {word}",),
    )
    said = say(
        "all",
        n=1234,
        part=0.25,
        gain=0.5,
        share=0.3,
        day=date(2022, 3, 1),
        at=datetime(2022, 3, 1, 8, 0, tzinfo=UTC),
        yes=True,
        none=None,
        word="да",
    )
    assert said == (
        f"1{NBSP}234 / 0,2 / +0,50 / 30{NBSP}% / 1 марта 2022\u202fг. / "
        "1 марта 2022\u202fг., 08:00 UTC / True / – / да"
    )


@pytest.mark.parametrize(
    ("n", "said"),
    [(1, "1 строка"), (3, "3 строки"), (5, "5 строк"), (11, "11 строк"), (21, "21 строка")],
)
def test_plurals_follow_the_language(say_with, n, said):
    say = say_with("ru", rows=("{n} строка", "{n} строки", "{n} строк"))
    assert say("rows", n=n) == said


def test_plurals_go_by_whole_numbers(say_with):
    with pytest.raises(AssertionError):
        say_with("en", rows=("{n} row", "{n} rows"))("rows", n=1.5)


def test_a_key_that_nobody_wrote_is_our_own_mistake():
    assert not Language("en").knows("no.such.key")
    with pytest.raises(KeyError):
        Language("en")("no.such.key")
