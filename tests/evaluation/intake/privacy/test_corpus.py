"""The gate on invented cells that were made without knowing how it looks, and its aims."""

import pytest

from benchmarks.personal_cells import MAKERS, corpus
from benchmarks.privacy import Score, scores

SURE = ("iin", "phone", "patronymic")


@pytest.fixture(scope="module")
def seen():
    # Another seed than the benchmark's: nothing is tuned to these cells.
    return scores(corpus(seed=7, of_each=300, clean=10_000))


@pytest.mark.parametrize("kind", MAKERS)
def test_every_kind_is_found(seen, kind):
    score = seen.kinds[kind]
    assert score.there == 300
    assert score.recall >= (0.99 if kind in SURE else 0.97), [
        cell.text for cell in seen.missed if cell.kind == kind
    ]
    assert score.named >= 0.95 * score.there


def test_at_most_one_clean_cell_in_ten_thousand_is_taken_for_personal(seen):
    assert seen.clean == 10_000
    assert len(seen.false_alarms) <= 1, seen.false_alarms


def test_the_measure_can_fail():
    score = Score(there=4, found=3, named=2, wrongly=2)
    assert (score.recall, score.precision) == (0.75, 0.5)
    assert Score(1, 0, 0, 0).precision == 1.0


def test_the_cells_are_drawn_by_lot_and_the_same_every_time():
    assert corpus(seed=1, of_each=5, clean=50) == corpus(seed=1, of_each=5, clean=50)
    assert corpus(seed=1, of_each=5, clean=50) != corpus(seed=2, of_each=5, clean=50)
