"""A new release beside the earlier ones: nobody is told by subtraction, or by what was shown."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaluation.design import Disclosure
from evaluation.release import Earlier, Table, protect
from evaluation.release.disclosure.tables.earlier import change_told, few_changed
from evaluation.release.disclosure.tables.rules import Rule
from tests.evaluation.release.disclosure.tables.given import crossed, pinned
from tests.evaluation.release.disclosure.tables.test_protect_table import (
    EXACT,
    PLAIN,
    rules_of,
    table,
)


def released_before(true: pd.DataFrame, rules: Disclosure = EXACT) -> Earlier:
    return Earlier(true, protect(true, rules))


@pytest.mark.parametrize(
    ("now", "then", "base", "told"),
    [
        (40, 40, 1, False),  # nothing changed
        (39, 40, 1, True),
        (28, 40, 1, False),  # twelve are no small group
        (41, 42, 5, False),  # both look like 40
        (42, 43, 5, True),  # 40 after 45: between one and nine left
        (39, 44, 5, True),
        (33, 42, 5, False),  # 35 after 40, or fourteen: nobody can say
    ],
)
def test_a_change_by_a_few_is_told_where_the_shown_counts_say_so(
    now: int, then: int, base: int, told: bool
) -> None:
    by_trying = [
        a - b
        for a in range(10, 80)
        for b in range(10, 80)
        if int(a / base + 0.5) == int(now / base + 0.5)
        and int(b / base + 0.5) == int(then / base + 0.5)
    ]
    few = 0 < abs(now - then) < 10 and few_changed(min(by_trying), max(by_trying), 10)
    assert change_told(now, then, minimum=10, base=base) is told is few or base == 5


def test_one_withdrawn_child_hides_the_cells_it_left() -> None:
    left = table([39, 50, 60], [45, 55, 65], [70, 80, 90])
    released = protect(left, EXACT, earlier=[released_before(PLAIN)])
    assert rules_of(released)[("a", "u")] is Rule.DIFFERENCING
    assert released.table.loc["a", "u"] == "[c]"
    assert (released.table.loc["b"] == left.loc["b"]).sum() >= 2


def test_with_nothing_changed_the_same_leaves_again() -> None:
    true = crossed(400, 2, 4, 4)
    before = released_before(true)
    again = protect(true, EXACT, earlier=[before])
    pd.testing.assert_frame_equal(again.table, before.released.table)


def test_two_choices_of_hidden_cells_do_not_undo_each_other() -> None:
    """The study's weights changed: by itself the new release would hide other cells."""
    true = table([3, 50, 60], [45, 55, 65], [70, 80, 90])
    before = released_before(true)
    weights = pd.DataFrame(1.0, index=list("abc"), columns=list("uvw"))
    hidden = (before.released.table == "[c]").to_numpy()[:-1, :-1]
    weights = weights.mask(hidden, 20.0)
    together = protect(Table(true, weights=weights), EXACT, earlier=[before])
    alone = protect(Table(true, weights=weights), EXACT)

    def union(after: pd.DataFrame) -> pd.DataFrame:
        return before.released.table.where(before.released.table != "[c]", after)

    assert pinned(true, union(alone.table))
    assert pinned(true, union(together.table)) == []


def test_a_number_that_was_told_cannot_be_taken_back_and_is_counted() -> None:
    low, high = Disclosure(5, 1), Disclosure(12, 1)
    true = table([11, 50, 60], [45, 55, 65], [70, 80, 90])
    released = protect(true, high, earlier=[released_before(true, low)])
    assert released.audit.told_before == 1
    assert released.table.loc["a", "u"] == "[c]"


def test_a_rest_that_was_told_cannot_be_taken_back_either() -> None:
    low, high = Disclosure(5, 1), Disclosure(12, 1)
    true = table([50, 8], [45, 55], [70, 80])
    released = protect(true, high, earlier=[released_before(true, low)])
    assert rules_of(released)[("a", "u")] is Rule.COMPLEMENT
    assert released.audit.told_before == 2


def test_a_late_batch_does_not_tell_what_was_hidden_before() -> None:
    old = table([3, 50, 60], [45, 55, 65], [70, 80, 90])
    new = table([30, 50, 60], [45, 55, 65], [70, 80, 90])
    before = released_before(old)
    released = protect(new, EXACT, earlier=[before])
    # What did not change and is shown now is known of then, too.
    unchanged = (old == new).to_numpy() & (released.table != "[c]").to_numpy()
    then = before.released.table.mask(unchanged, new)
    assert pinned(old, then) == []
    assert pinned(old, before.released.table.mask((old == new).to_numpy(), new))


def test_where_nobody_else_can_be_there_is_no_rest_to_hide() -> None:
    true = pd.DataFrame(np.diag([30, 50]), index=["a", "b"], columns=["u", "v"])
    nobody = [("a", "v"), ("b", "u")]
    assert protect(Table(true, impossible=nobody), EXACT).table.loc["a", "u"] == 30
