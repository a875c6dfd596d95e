"""What datasets add up to, worked out a second time by hand and by loops."""

from __future__ import annotations

import statistics
from datetime import date

import pytest

from evaluation.records.indicators import ALL, NOT_STATED, Line
from tests.given_fair import HELPERS, MARKS, STALLS, found, helpers, lines, marks, stall


def by_codes(made: object, indicator: str) -> dict[tuple[str, ...], Line]:
    return {line.codes: line for line in lines(made, indicator)}  # type: ignore[arg-type]


def test_pairs_are_averaged_by_topic_over_those_with_both_answers() -> None:
    rows = [*helpers(40), {"respondent": "H900", "role": "1", "cook_before": 3, "sing_after": 4}]
    made = lines(found(HELPERS, rows), "by_topic")
    for place, topic in enumerate(("cook", "sing")):
        both = [
            (int(str(r[f"{topic}_before"])), int(str(r[f"{topic}_after"])))
            for r in rows
            if r.get(f"{topic}_before") is not None and r.get(f"{topic}_after") is not None
        ]
        gains = [after - before for before, after in both]
        line = made[place]
        assert (line.n, line.answered, line.topic) == (41, 40, place)
        assert line.first == pytest.approx(statistics.mean(b for b, _ in both))
        assert line.second == pytest.approx(statistics.mean(a for _, a in both))
        assert line.difference == pytest.approx(statistics.mean(gains))
        # Student's t with 39 degrees of freedom, from a printed table: 2.0227.
        margin = 2.0227 * statistics.stdev(gains) / 40**0.5
        assert line.low == pytest.approx(statistics.mean(gains) - margin, abs=1e-4)
        assert line.high == pytest.approx(statistics.mean(gains) + margin, abs=1e-4)
        assert line.part == sum(after >= 7 for _, after in both)
        assert not line.alike


def test_a_class_is_averaged_over_each_persons_own_average() -> None:
    rows = [
        {"role": "1", "cook_before": 2, "cook_after": 4, "sing_before": 4, "sing_after": 8},
        {"role": "1", "cook_before": 1, "cook_after": 7},  # one topic only
        {"role": "1"},  # none
        {"role": "2", "cook_before": 5, "cook_after": 5, "sing_before": 5, "sing_after": 5},
    ]
    made = by_codes(found(HELPERS, rows), "by_role")
    cooks, singers, guards, everybody = made["1",], made["2",], made["3",], made[ALL,]
    assert (cooks.n, cooks.answered, cooks.first, cooks.second) == (3, 2, 2.0, 6.5)
    assert cooks.part == 1
    assert (singers.difference, singers.low, singers.alike) == (0.0, None, True)
    assert (guards.n, guards.answered, guards.first, guards.difference) == (0, 0, None, None)
    assert (everybody.n, everybody.answered) == (4, 3)


def test_where_all_gained_the_same_there_is_no_interval() -> None:
    rows = [{"cook_before": n, "cook_after": n + 2} for n in range(5)]
    (line, _) = lines(found(HELPERS, rows), "by_topic")
    assert (line.difference, line.low, line.high, line.alike) == (2.0, None, None, False)


def test_classes_without_a_row_are_there_and_those_without_a_class_too() -> None:
    rows = [{"role": "1"}, {"role": "1", "region": "s"}, {"role": None}]
    made = by_codes(found(HELPERS, rows), "roles")
    assert made["n", "3"].n == 0 and made["s", "1"].n == 1
    assert made["n", NOT_STATED].n == 1
    assert made[ALL, ALL].n == 3 and made[ALL, "1"].n == 2 and made["n", ALL].n == 2
    assert sum(line.n for codes, line in made.items() if ALL not in codes) == 3


def test_non_answers_are_no_part_of_a_share_or_a_mean() -> None:
    rows = [{"taught": 1, "mood": 5}, {"taught": 0, "mood": 1}, {"taught": 9, "mood": 9}, {}]
    made = found(HELPERS, rows)
    (share,) = lines(made, "taught")
    (mood,) = lines(made, "mood")
    assert (share.n, share.part) == (2, 1)
    assert (mood.n, mood.answered, mood.first) == (4, 2, 3.0)


def test_shares_of_sums_leave_out_what_is_taken_off() -> None:
    rows = [marks(absent=4), marks(form="2", pupils=40, good=10), marks(region="s", absent=None)]
    made = found(MARKS, rows)
    (good,) = lines(made, "good")
    assert (good.n, good.part) == (60 + 40 + 60 - 4, 30 + 10 + 30)
    (absent,) = lines(made, "absent")
    assert (absent.n, absent.part) == (160, 4)
    forms = by_codes(made, "by_form")
    assert (forms["1",].n, forms["2",].n, forms[ALL,].n) == (116, 40, 156)
    assert (made.rows, made.batches) == (3, 1)


def test_of_sums_the_latest_period_of_each_region_counts() -> None:
    quarter = marks(pupils=50, good=20)
    year = marks(end="2022-12-31", pupils=70, good=30)
    other = marks(region="s", pupils=10, good=5, end="2022-02-28")
    made = found(MARKS, [year, quarter, other])
    (good,) = lines(made, "good")
    assert (good.n, good.part) == (80, 35)
    assert (made.first_day, made.last_day) == (date(2022, 1, 1), date(2022, 12, 31))


def test_sums_of_the_same_period_count_as_they_were_last_sent() -> None:
    made = found(MARKS, [marks(good=10, wave=1), marks(good=20, wave=0)])
    assert lines(made, "good")[0].part == 10


def test_what_happened_is_counted_once_however_often_it_is_sent() -> None:
    rows = [stall("S1", 1, "2", 0), stall("S1", 2), stall("S1", 1, wave=1), stall("S2", 1, "2", 0)]
    made = found(STALLS, rows)
    held = by_codes(made, "held")
    assert (held["1",].n, held["2",].n, held[ALL,].n) == (2, 1, 3)
    order = by_codes(made, "order")
    assert (order["1", "1"].n, order["1", "2"].n, order["2", "1"].n) == (1, 1, 1)
    assert (ALL, ALL) not in order
    (dose,), (came,) = lines(made, "dose"), lines(made, "came")
    assert (dose.n, dose.answered, dose.first) == (2, 2, 12.0)
    assert came.n == 24
    planned = {each.indicator: each.planned for each in made.indicators}
    assert planned == {"held": 5, "order": None, "dose": None, "came": None}


def test_a_person_who_is_asked_in_two_rounds_counts_once() -> None:
    rows = [{"respondent": "H1", "role": "1"}, {"respondent": "H1", "role": "2", "wave": 1}]
    made = by_codes(found(HELPERS, rows), "roles")
    assert made[ALL, ALL].n == 1 and made["n", "2"].n == 1


def test_without_a_row_there_are_lines_without_people() -> None:
    made = found(MARKS, [])
    assert (made.rows, made.first_day, lines(made, "good")[0].n) == (0, None, 0)
