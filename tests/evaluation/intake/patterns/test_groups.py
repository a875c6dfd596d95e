import numpy as np
import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from evaluation.intake.patterns.groups import groups, most_alike, shares, spread
from tests.evaluation.intake.patterns import given

DRAWN = """
code asker day        minutes q1 q2 q3
a    V1    2022-03-01 10      1  1  8
b    V2    2022-03-01 11      2  3  1
c    V1    2022-03-01 15      3  1  8
d    V1    2022-03-02 -       5  1  -
e    -     2022-03-02 20      5  5  5
f    V2    -          12      2  5  1
"""


def column(asked, name, of=None, by="asker"):
    found = groups(given.scene(asked, DRAWN), frozenset({name}), by=by, of=of)
    return (
        [round(value, 3) for value in found.columns[name]],
        found.rows.tolist(),
        found.sizes.tolist(),
    )


def test_answers_of_a_group_spread(asked):
    first = [np.std([0, 2, 4]), np.std([0, 0, 0])]  # q3 is declined or empty everywhere
    second = [np.std([1, 1]), np.std([2, 4]), np.std([0, 0])]
    expected = [round(np.mean(first), 3), round(np.mean(second), 3)]
    assert column(asked, "spread") == (expected, [0, 1], [3, 2])


def test_declined_answers_are_a_share_of_all(asked):
    assert column(asked, "declined") == ([round(2 / 9, 3), 0], [0, 1], [3, 2])


def test_the_busiest_day_of_a_group(asked):
    assert column(asked, "most_alike", of="day") == ([2, 1], [0, 1], [3, 1])


def test_round_numbers_are_counted_where_there_is_a_number(asked):
    assert column(asked, "round_numbers", of="minutes") == ([1, 0], [0, 1], [2, 2])


@pytest.mark.parametrize(("by", "of"), [("school", None), ("asker", "band")])
def test_a_file_without_the_columns_has_no_groups(asked, by, of):
    assert groups(given.scene(asked, DRAWN), frozenset({"spread"}), by=by, of=of) is None


def test_what_nobody_counts_is_our_mistake(asked):
    with pytest.raises(AssertionError, match="nobody counts"):
        column(asked, "height", of="minutes")
    with pytest.raises(AssertionError, match="looks at a field"):
        column(asked, "most_alike")


def test_a_group_that_answered_nothing_has_no_spread():
    values = np.array([[np.nan], [1.0]])
    found = spread(values, np.array([0, 1]), 2)
    assert np.isnan(found[0])
    assert found[1] == 0


@examples(
    st.lists(
        st.tuples(
            st.integers(0, 2), st.lists(st.sampled_from([0.0, 1, 4, None]), min_size=2, max_size=2)
        ),
        min_size=1,
        max_size=12,
    )
)
def test_spread_is_the_mean_of_standard_deviations(drawn):
    codes = np.array([code for code, _ in drawn])
    values = np.array([[np.nan if v is None else v for v in row] for _, row in drawn], dtype=float)
    found = spread(values, codes, 3)
    for group in range(3):
        members = [row for code, row in drawn if code == group]
        columns = [[v for v in column if v is not None] for column in zip(*members, strict=True)]
        deviations = [np.std(column) for column in columns if column]
        if deviations:
            assert found[group] == pytest.approx(np.mean(deviations))
        else:
            assert np.isnan(found[group])


@examples(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=20))
def test_the_most_alike_are_counted_by_hand(pairs):
    codes = np.array([code for code, _ in pairs])
    values = np.array([value for _, value in pairs])
    by_hand = [
        max([sum(1 for p in pairs if p == (group, v)) for v in range(4)], default=0)
        for group in range(4)
    ]
    assert most_alike(values, codes, 4).tolist() == by_hand


def test_a_share_of_no_cells_is_no_share():
    assert np.isnan(shares(np.zeros((2, 0), dtype=bool), np.array([0, 0]), 1)).all()
