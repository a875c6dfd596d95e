import numpy as np
import pytest

from evaluation.intake.patterns.pages import pages
from evaluation.intake.patterns.turned import correlation, turned
from tests.evaluation.intake.patterns import given

DRAWN = """
code school q1 q2 q3
a    S1     1  -  -
b    S1     -  -  -
c    S2     1  2  8
d    -      -  -  -
"""


def test_a_page_is_empty_at_a_site_as_a_whole(asked):
    found = pages(given.scene(asked, DRAWN), by="school")
    # The scales in their order, each with every site; the scale of other answers is left out.
    assert found.fields == ("q1", "q1", "q3", "q3")
    assert found.columns["empty"].tolist() == [0.75, 0, 1, 0]  # a non-answer is not empty
    assert found.rows.tolist() == [0, 2, 0, 2]
    assert found.sizes.tolist() == [2, 1, 2, 1]


def test_a_file_without_sites_has_no_pages(asked):
    assert pages(given.scene(asked, "code q1\na 1"), by="school") is None


def test_a_file_without_questions_has_no_pages_either(asked):
    found = pages(given.scene(asked, "code school\na S1"), by="school")
    assert (len(found.rows), found.fields, len(found.columns["empty"])) == (0, (), 0)


def test_a_reversed_question_runs_against_its_neighbours(asked):
    honest = "code q1 q2\na 1 5\nb 2 4\nc 5 1\nd - 3\ne 4 8"
    found = turned(given.scene(asked, honest))
    assert found.fields == ("q2",)  # `two` has no question that is not reversed
    assert found.sizes.tolist() == [3]
    assert found.columns["with_the_others"].tolist() == pytest.approx([-1])
    assert turned(given.scene(asked, "code q1 q2\na 1 1\nb 2 2")).columns[
        "with_the_others"
    ].tolist() == pytest.approx([1])


def test_a_file_of_which_nothing_is_judged_has_no_first_row(asked):
    found = turned(given.scene(asked, "code q1 q2\na 1 1", judged=[False]))
    assert found.sizes.tolist() == [0]
    assert np.isnan(found.columns["with_the_others"]).all()


def test_correlation_is_numpys_where_it_is_defined():
    rng = np.random.default_rng(1)
    one, other = rng.normal(size=(2, 30))
    assert correlation(one, other) == pytest.approx(np.corrcoef(one, other)[0, 1])
    assert np.isnan(correlation(np.array([]), np.array([])))
    assert np.isnan(correlation(np.ones(3), np.arange(3.0)))
