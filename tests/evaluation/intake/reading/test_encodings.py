import codecs

import pytest

from evaluation.errors import DeliveryError
from evaluation.intake.reading.encodings import decode
from evaluation.intake.recognise.vocabulary import word_counter

KAZAKH = "Жынысы;Жасы;Келісім\r\nқыз;10;иә\r\n"
RUSSIAN = "Пол;Возраст;Согласие\r\nдевочка;10;да\r\n"
LETTERS = "Кезең;Үйірмелер;Өңір;Топ\r\nқазақ ұл һәм ғылым\r\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (KAZAKH, "utf-8"),
        (KAZAKH, "utf-8-sig"),
        (KAZAKH, "utf-16"),
        (KAZAKH, "utf-16-le"),
        (KAZAKH, "utf-16-be"),
        (LETTERS, "kz1048"),
        (LETTERS, "ptcp154"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "utf-16"),
        ("Code,Sex\r\na1,F\r\n", "ascii"),
        ("Code,Sex\r\na1,F\r\n", "utf-16-le"),
        ("Code,Sex\r\na1,F\r\n", "utf-16-be"),
    ],
)
def test_the_known_headers_decide_the_encoding(study, text, encoding):
    assert decode(text.encode(encoding), word_counter(study)) == text


def test_a_big_endian_mark_is_understood(study):
    content = codecs.BOM_UTF16_BE + KAZAKH.encode("utf-16-be")
    assert decode(content, word_counter(study)) == KAZAKH


def test_text_that_was_decoded_wrongly_and_saved_is_put_right(study):
    twice = RUSSIAN.encode("utf-8").decode("cp1251").encode("utf-8")
    assert decode(twice, word_counter(study)) == RUSSIAN


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (codecs.BOM_UTF8 + b"\xff", "damaged_file"),
        ("Код".encode("utf-16")[:-1], "damaged_file"),
        (b"a\x01b", "not_a_table"),
        (b"\x98\xff\xfe\x81\x01", "not_a_table"),
    ],
)
def test_what_is_no_text_is_refused(study, content, rule):
    with pytest.raises(DeliveryError) as refused:
        decode(content, word_counter(study))
    assert refused.value.rule == rule
