import unicodedata

import pytest

from evaluation.intake.recognise.folding import code_text, plain, twins


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  ПОЛ \u00a0", "пол"),
        ("Согласие ребёнка", "согласие ребенка"),
        ("8 – 9", "8-9"),
        ("8\u20129", "8-9"),
        ("Код:*", "код"),
        ("Sex?", "sex"),
        ("two\nlines", "two lines"),
        ("soft\u00adhyphen", "softhyphen"),
        (unicodedata.normalize("NFD", "Қостанай йод"), "қостанай йод"),
        ("Others’ well-being.", "others' well-being"),
        ("«Пол»", '"пол"'),
        ("?", "?"),
        ("-", "-"),
        ("+", "+"),
    ],
)
def test_plain_forgives_how_a_word_is_typed(typed, meant):
    assert plain(typed) == plain(meant)


def test_plain_keeps_what_makes_two_words_two():
    assert len({plain(word) for word in ("Пол", "Поле", "Рол", "пол 2", "q1", "q2")}) == 6


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Пoл", "Пол"),  # a Latin o
        ("Cогласие", "Согласие"),  # a Latin C
        ("Казак тили", "Қазақ тілі"),
        ("Онир", "Өңір"),
        ("Улытау", "Ұлытау"),
        ("жасы", "Жасы"),
    ],
)
def test_twins_forgive_the_letters_of_another_keyboard(typed, meant):
    assert twins(typed) == twins(meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("27–40831–1", "27-40831-1"),
        (" 27 - 40831 - 1 ", "27-40831-1"),
        ("27-4О8З1-1", "27-40831-1"),  # a Cyrillic О and З
        ("27-40831-l", "27-40831-1"),
    ],
)
def test_a_code_is_read_as_it_was_meant(typed, meant):
    assert code_text(typed) == meant
