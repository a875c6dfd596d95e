from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from evaluation.analysis import ItemQuality, item_quality, pomp, score_scale
from evaluation.analysis.scoring import scores_of
from tests.evaluation.analysis import given

ROWS = """
    respondent region wave q1 q2 q3
    all        p1     0    1  2  1
    turned     p1     0    5  5  5
    two        p1     0    4  -  4
    one        p1     0    4  -  -
    unknown    p1     0    8  3  3
    foreign    p1     0    7  3  0
    nobody     p1     0    -  -  -
"""
SCORES = {
    "all": (1 + 2 + 5) / 3,
    "turned": (5 + 5 + 1) / 3,
    "two": (4 + 2) / 2,
    "one": np.nan,
    "unknown": (3 + 3) / 2,
    "foreign": np.nan,
    "nobody": np.nan,
}


def by_hand(row, scale):
    """One child, one item after the other."""
    points = []
    for item in scale.items:
        answer = row[item]
        if pd.notna(answer) and scale.low <= answer <= scale.high:
            points.append(scale.high + scale.low - answer if item in scale.reversed else answer)
    return sum(points) / len(points) if len(points) >= scale.min_answered else np.nan


@pytest.mark.parametrize("respondent", SCORES)
def test_a_score_is_the_mean_of_enough_valid_answers(respondent):
    scored = score_scale(given.responses(ROWS), given.SCALE, given.INSTRUMENT)
    score = scored.set_index("respondent").score[respondent]
    assert score == pytest.approx(SCORES[respondent], nan_ok=True)


def test_every_row_keeps_its_place_even_without_a_score():
    scored = score_scale(given.responses(ROWS), given.SCALE, given.INSTRUMENT)
    assert list(scored.respondent) == list(SCORES)
    assert set(scored.scale) == {"mood"}


def test_a_child_twice_in_one_wave_is_our_mistake():
    twice = pd.concat([given.responses(ROWS)] * 2)
    with pytest.raises(AssertionError, match="repeat the key"):
        score_scale(twice, given.SCALE, given.INSTRUMENT)


answer_cells = st.sampled_from([None, 0, 1, 2, 3, 4, 5, 6, 8, -3])


@settings(deadline=None, max_examples=40)
@drawn(
    cells=st.lists(st.tuples(answer_cells, answer_cells, answer_cells), min_size=1, max_size=20),
    reverse=st.sets(st.sampled_from(["q1", "q2", "q3"])),
    enough=st.integers(1, 3),
)
def test_the_whole_table_is_scored_as_one_child_after_the_other(cells, reverse, enough):
    frame = pd.DataFrame(cells, columns=["q1", "q2", "q3"], dtype="Int16")
    scale = replace(given.SCALE, reversed=frozenset(reverse), min_answered=enough)
    expected = [by_hand(row, scale) for row in frame.to_dict("records")]
    assert scores_of(frame, scale, given.INSTRUMENT) == pytest.approx(expected, nan_ok=True)


def test_an_answer_in_the_scale_s_direction_never_lowers_the_score():
    frame = pd.DataFrame({"q1": [3, 4, 3], "q2": 3, "q3": [3, 3, 2]}, dtype="Int16")
    least, more, also_more = scores_of(frame, given.SCALE, given.INSTRUMENT)
    assert more > least and also_more > least


def test_an_item_without_a_list_of_codes_counts_between_its_own_limits():
    counted = replace(
        given.INSTRUMENT,
        fields=tuple(
            replace(f, choices=None, minimum=2, maximum=4) if f.item else f
            for f in given.INSTRUMENT.fields
        ),
    )
    frame = pd.DataFrame({"q1": [1, 2], "q2": [2, 4], "q3": [5, 3]}, dtype="Int16")
    assert scores_of(frame, given.SCALE, counted) == pytest.approx([np.nan, 3.0], nan_ok=True)


def test_real_answers_of_2800_people_score_as_pandas_scores_them():
    people = pd.read_csv(given.case_file("bfi_agree.csv"))
    items = tuple(people.columns[:5])
    answered = people[[*items]].astype("Int16")
    choices = replace(
        given.AGREE,
        choices=tuple(replace(given.AGREE.choices[0], code=str(c)) for c in range(1, 7)),
    )
    form = replace(
        given.INSTRUMENT,
        fields=tuple(replace(given.INSTRUMENT.field("q1"), name=i, choices=choices) for i in items),
    )
    scale = replace(given.SCALE, items=items, reversed=frozenset(items[:1]), high=6, min_answered=3)
    plain = people[[*items]].assign(**{items[0]: 7 - people[items[0]]})
    expected = plain.mean(axis=1).where(plain.notna().sum(axis=1) >= 3)
    assert len(people) == 2800
    assert scores_of(answered, scale, form) == pytest.approx(expected.to_numpy(), nan_ok=True)


@pytest.mark.parametrize(("score", "percent"), [(1, 0), (3, 50), (5, 100), (1.5, 12.5)])
def test_percent_of_the_maximum_possible(score, percent):
    assert pomp(score, given.SCALE) == percent


def test_item_cells_are_answered_or_missing():
    assert item_quality(given.responses(ROWS), given.INSTRUMENT) == ItemQuality(12, 9)
