import numpy as np
import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from evaluation.intake.answered import Grid
from evaluation.intake.patterns.rows import alike, longest_line, rows
from tests.evaluation.intake.patterns import given


@pytest.mark.parametrize(
    ("answers", "longest"),
    [
        ("1 1 1 1 1", 5),
        ("1 2 3 4 5", 5),
        ("5 4 3 2 1", 5),
        ("4 5 1 2 3", 5),  # counting goes on after the last answer
        ("1 3 5 2 4", 1),  # steps of two are no line that anybody draws
        ("2 2 - 2 2", 2),  # a gap breaks the line
        ("2 2 8 2 2", 2),
        ("1 1 1 2 3", 3),
        ("3 1 1 1 4", 3),
        ("- - - - -", 1),
    ],
)
def test_the_longest_line_of_a_row(answers, longest):
    assert longest_line(given.grid(answers)).tolist() == [longest]


def by_hand(values, line):
    best = 1
    for start in range(len(values)):
        for step in (0, 1, line - 1):
            end = start
            while end + 1 < len(values) and (values[end + 1] - values[end] - step) % line == 0:
                end += 1
            best = max(best, end - start + 1)
    return best


@examples(st.lists(st.lists(st.integers(0, 4), min_size=7, max_size=7), min_size=1, max_size=6))
def test_the_longest_line_is_the_one_found_by_trying_all(rows_of_answers):
    values = np.array(rows_of_answers, dtype=np.float64)
    grid = Grid((), 5, values, np.zeros(values.shape, dtype=bool))
    assert longest_line(grid).tolist() == [by_hand(row, 5) for row in rows_of_answers]


def test_without_questions_or_a_choice_there_is_no_line():
    empty = np.zeros((2, 0))
    assert longest_line(Grid((), 0, empty, empty.astype(bool))).tolist() == [0, 0]
    assert np.isnan(alike(Grid((), 0, empty, empty.astype(bool)))).all()


def test_rows_with_the_same_answers_count_each_other():
    grid = given.grid("1 2 3\n1 2 3\n1 2 4\n1 2 3\n- - 3\n- - 3\n1 8 3")
    assert alike(grid).tolist()[:4] == [2, 2, 0, 2]
    assert np.isnan(alike(grid)[4:6]).all()  # mostly empty
    assert alike(grid)[6] == 0  # a non-answer is another answer


def test_columns_that_the_file_has_not_are_left_out(asked):
    scene = given.scene(asked, "code minutes\na 5\nb -")
    found = rows(scene, frozenset({"minutes", "day", "longest_line"}))
    assert sorted(found.columns) == ["longest_line", "minutes"]
    assert found.rows.tolist() == [0, 1]


def test_only_judged_rows_are_looked_at(asked):
    scene = given.scene(asked, "code minutes\na 5\nb 7\nc 9", judged=[True, False, True])
    found = rows(scene, frozenset({"minutes"}))
    assert found.rows.tolist() == [0, 2]
    assert found.columns["minutes"].tolist() == [5, 9]


def test_a_code_says_where_it_was_issued(asked):
    drawn = "code region\n10-00001-2 10\n63-00001-2 10\n71-00001-2 10\nnobody 10\n- 10"
    found = rows(given.scene(asked, drawn), frozenset({"code_region"})).columns["code_region"]
    # Hills was a part of the East until the reform: a code of the East is at home there.
    assert found.tolist()[:3] == ["10", "10", "71"]
    assert found.isna().tolist() == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("known", "found"),
    [
        (None, [None, None, None]),  # nothing has come of any earlier wave: nothing to say
        ("respondent wave region\na 0 71", [1, 0, None]),
        ("respondent wave region\na 1 71", [None, None, None]),
        ("respondent wave region\na 2 71\nb 0 71", [0, 1, None]),
    ],
)
def test_a_child_without_an_earlier_wave_is_new(asked, known, found):
    scene = given.scene(
        asked, "code wave\na 1\nb 1\n- 1", None if known is None else given.elsewhere(known)
    )
    column = rows(scene, frozenset({"earlier_waves"})).columns["earlier_waves"]
    assert [None if value != value else value for value in column] == found


def test_the_first_wave_has_no_earlier_one_and_waves_of_one_file_know_each_other(asked):
    scene = given.scene(asked, "code wave\na 0\na 1\nb 1")
    column = rows(scene, frozenset({"earlier_waves"})).columns["earlier_waves"]
    assert column.isna().tolist() == [True, False, False]
    assert column.tolist()[1:] == [1, 0]
