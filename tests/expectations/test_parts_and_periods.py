"""Parts and periods, each against a stupider second answer."""

from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from expectations.parts_and_periods import parts_within_whole, periods_apart

FIRST = date(2022, 1, 1)
COUNT = st.one_of(st.none(), st.integers(0, 9))
PERIOD = st.tuples(st.integers(0, 9), st.integers(0, 4), st.sampled_from("ab"))


@given(st.lists(st.tuples(COUNT, COUNT, COUNT), min_size=1, max_size=6))
def test_parts_are_added_up_by_hand(rows):
    frame = pd.DataFrame(rows, columns=["whole", "one", "other"], dtype="float64")
    by_hand = [w is None or (a or 0) + (b or 0) <= w for w, a, b in rows]
    assert parts_within_whole(frame).tolist() == by_hand


@given(st.lists(PERIOD, min_size=1, max_size=6))
def test_periods_are_compared_day_by_day(rows):
    days = [
        (FIRST + timedelta(start), FIRST + timedelta(start + length), of)
        for start, length, of in rows
    ]
    frame = pd.DataFrame(days, columns=["start", "end", "of"])
    frame[["start", "end"]] = frame[["start", "end"]].apply(pd.to_datetime)
    good = periods_apart(frame).tolist()
    for n, (start, end, of) in enumerate(days):
        lasting = {start + timedelta(d) for d in range((end - start).days + 1)}
        shared = any(
            of == other and lasting & {a + timedelta(d) for d in range((b - a).days + 1)}
            for m, (a, b, other) in enumerate(days)
            if m != n
        )
        # Whoever shares no day is right; of those who share one, some are not.
        assert good[n] or shared
    for of in "ab":
        kept = sorted(d for d, right in zip(days, good, strict=True) if right and d[2] == of)
        assert all(one[1] < other[0] for one, other in pairwise(kept))
