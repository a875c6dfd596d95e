"""A source is known again by its headers, whatever their order and their file, and by nothing else."""

from dataclasses import replace
from itertools import permutations

import pytest

from evaluation.intake.recognise.remembered import header_digest, source_digest

HEADERS = ("Code", "Geschlecht", "Age")


@pytest.fixture(scope="module")
def pupil(study):
    return study.instruments["pupil"]


def test_the_order_the_case_and_the_spaces_do_not_matter(pupil):
    said = [*permutations(HEADERS), (" code", "GESCHLECHT ", "Age:", "")]
    assert len({source_digest(each, pupil) for each in said}) == 1


def test_another_column_version_or_questionnaire_is_another_source(pupil):
    others = [
        (HEADERS[:2], pupil),
        ((*HEADERS, "Shoe size"), pupil),
        (HEADERS, replace(pupil, version=2)),
        (HEADERS, replace(pupil, id="teacher")),
    ]
    digests = {source_digest(headers, instrument) for headers, instrument in others}
    assert len(digests | {source_digest(HEADERS, pupil)}) == 5


def test_a_header_is_kept_as_a_digest_that_does_not_say_it():
    assert header_digest("Ұлытау  район") == header_digest(" ұлытау район")
    assert header_digest("Ұлытау") != header_digest("Улытау")
    assert set(header_digest("name")) <= set("0123456789abcdef")
