import numpy as np

from evaluation.intake.answered import grid_of
from tests.evaluation.intake.patterns import given


def test_the_grid_has_the_questions_of_the_commonest_answer_line():
    rows = given.rows("code free q1 q2 q3\na 3 1 8 -\nb 4 5 - 2")
    grid = grid_of(rows)
    assert [field.name for field in grid.questions] == ["q1", "q2", "q3"]
    assert grid.line == 5
    assert np.array_equal(grid.values, [[0, np.nan, np.nan], [4, np.nan, 1]], equal_nan=True)
    assert grid.declined.tolist() == [[False, True, False], [False, False, False]]
    assert grid.empty.tolist() == [[False, False, True], [False, True, False]]


def test_a_file_without_such_questions_has_an_empty_grid():
    grid = grid_of(given.rows("code free\na 3"))
    assert (grid.questions, grid.line, grid.values.shape) == ((), 0, (1, 0))


def test_keys_are_texts_too_and_what_is_not_there_is_nothing():
    rows = given.rows("code minutes\na 12")
    assert rows.texts("minutes").tolist() == ["12"]
    assert rows.texts("region").tolist() == ["71"]
    assert rows.texts("sessions_planned") is None
    assert rows.texts("nowhere") is None
