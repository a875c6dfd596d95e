"""Small groups of a dataset stay in: by themselves, beside totals, beside other tables, in time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.errors import DisclosureError
from evaluation.records.indicators import ALL, DatasetFound
from evaluation.release.disclosure import Mark, ReleasedNumber, ReleasedRow, protect
from evaluation.release.disclosure.datasets.protection import wilson
from evaluation.release.disclosure.datasets.reasons import rule_of_line
from evaluation.release.disclosure.datasets.released import ReleasedDataset
from evaluation.release.disclosure.reasons import reasons_of
from evaluation.release.disclosure.tables.rules import Rule
from evaluation.release.report.facts import Facts
from tests.evaluation.release import given_fair as fair
from tests.given_fair import FAIR, HELPERS, MARKS, STALLS, Row, found, helpers, marks, stall

C, X, Z = Mark.CONFIDENTIAL, Mark.NOT_AVAILABLE, Mark.NOT_APPLICABLE


def value(cell: object) -> float:
    assert isinstance(cell, ReleasedNumber), cell
    return cell.value


def test_things_are_counted_as_they_are_and_people_are_rounded() -> None:
    stalls = [stall("S1", n, "1" if n < 3 else "2", visitors=13) for n in range(1, 6)]
    facts = fair.released(found(STALLS, stalls))
    held = fair.lines(facts, "stalls", "held")
    assert [value(held[code,].n) for code in ("1", "2", ALL)] == [2, 3, 5]
    made = fair.indicator(facts, "stalls", "held")
    assert (made.planned, made.held) == (5, 2)
    assert fair.indicator(facts, "stalls", "came").held is None
    (came,) = fair.indicator(facts, "stalls", "came").lines
    assert value(came.n) == 65
    (dose,) = fair.indicator(facts, "stalls", "dose").lines
    assert value(dose.n) == 2 and dose.first is C  # a mean of two stalls is rather two stalls
    assert dose.second is Z and dose.share is Z


def test_a_mean_of_things_is_shown_from_the_minimum_on() -> None:
    stalls = [stall(f"S{n}", 1, visitors=10 + n) for n in range(10)]
    (dose,) = fair.indicator(fair.released(found(STALLS, stalls)), "stalls", "dose").lines
    assert value(dose.first) == 14.5


def test_a_sum_of_few_people_stays_in() -> None:
    (came,) = fair.indicator(
        fair.released(found(STALLS, [stall("S1", 1, visitors=9)])), "stalls", "came"
    ).lines
    assert came.n is C


def roles(**many: int) -> list[Row]:
    """So many cooks, singers and guards, each with points of their own."""
    names = {"cooks": "1", "singers": "2", "guards": "3"}
    rows = []
    for name, count in many.items():
        for n in range(count):
            row = {"role": names[name], "cook_before": n % 5, "cook_after": 4 + n % 5}
            rows.append({**row, "respondent": f"{name}{n}"})
    return rows


def test_a_small_class_is_hidden_and_one_more_so_that_the_total_does_not_tell() -> None:
    facts = fair.released(found(HELPERS, roles(cooks=40, singers=20, guards=4)))
    by_role = fair.lines(facts, "helpers", "by_role")
    assert by_role["3",].n is C and by_role["3",].first is C and by_role["3",].share is C
    assert by_role["2",].n is C and by_role["2",].first is C  # else 64 - 40 - 20 = 4
    assert value(by_role["1",].n) == 40 and value(by_role["1",].difference) == 4.0
    assert value(by_role[ALL,].n) == 65


def test_tables_of_the_same_people_hide_the_same_total() -> None:
    facts = fair.released(found(HELPERS, roles(cooks=40, singers=20, guards=4)))
    crossed, by_role = (fair.lines(facts, "helpers", name) for name in ("roles", "by_role"))
    for code in ("1", "2", "3", ALL):
        assert (crossed[ALL, code].n is C) == (by_role[code,].n is C), code


def test_pairs_are_shown_with_their_interval_and_those_who_reached_the_mark() -> None:
    rows = helpers(60)
    made = found(HELPERS, rows)
    (cook, _) = fair.indicator(fair.released(made), "helpers", "by_topic").lines
    true = made.indicators[0].lines[0]
    assert value(cook.n) == 60
    assert value(cook.first) == pytest.approx(true.first or 0, abs=0.05)
    assert value(cook.difference) == pytest.approx(true.difference or 0, abs=0.05)
    assert value(cook.low) < value(cook.difference) < value(cook.high)
    assert value(cook.share) == pytest.approx((true.part or 0) / 60, abs=0.005)


def test_what_everybody_answered_alike_is_hidden() -> None:
    rows = [{"cook_before": 3, "cook_after": n % 9} for n in range(30)]
    (cook, sing) = fair.indicator(fair.released(found(HELPERS, rows)), "helpers", "by_topic").lines
    assert value(cook.n) == 30 and cook.first is C and cook.difference is C
    assert sing.n is C and sing.first is C and sing.share is C


def test_a_mean_without_an_interval_says_that_there_is_none() -> None:
    rows = [{"cook_before": n % 7, "cook_after": n % 7 + 2} for n in range(30)]
    (cook, _) = fair.indicator(fair.released(found(HELPERS, rows)), "helpers", "by_topic").lines
    assert (value(cook.difference), cook.low, cook.high) == (2.0, X, X)


SHARES = [
    (60, 30, "shown"),
    (60, 9, "hidden"),  # few in the part
    (60, 51, "hidden"),  # few beside it
    (60, 0, "hidden"),
    (60, 60, "hidden"),
    (9, 4, "none"),
]


@pytest.mark.parametrize(("whole", "part", "seen"), SHARES)
def test_a_share_is_shown_where_both_sides_are_large_enough(
    whole: int, part: int, seen: str
) -> None:
    facts = fair.released(found(MARKS, [marks(pupils=whole, good=part)]))
    (line,) = fair.indicator(facts, "marks", "good").lines
    assert (line.n is C) == (seen == "none")
    assert (line.share is C) == (seen != "shown")
    assert (line.share_low is C) == (seen != "shown")


def test_sums_that_contradict_themselves_are_not_shown() -> None:
    facts = fair.released(found(MARKS, [marks(pupils=60, good=70)]))
    (line,) = fair.indicator(facts, "marks", "good").lines
    assert line.n is C and line.share is C


def test_a_share_that_rounds_to_nothing_says_so() -> None:
    facts = fair.released(found(MARKS, [marks(pupils=30_000, good=12)]))
    (line,) = fair.indicator(facts, "marks", "good").lines
    assert (line.share, line.share_low, line.share_high) == (Mark.LOW, Mark.LOW, Mark.LOW)


def test_tables_that_contradict_themselves_do_not_leave_and_hold_up_nothing() -> None:
    made = found(HELPERS, roles(cooks=40, singers=20, guards=14))
    wrong = tuple(
        replace(each, lines=(*each.lines[:-1], replace(each.lines[-1], n=999)))
        if each.indicator == "roles"
        else each
        for each in made.indicators
    )
    facts = fair.released(replace(made, indicators=wrong))
    assert {line.n for line in fair.indicator(facts, "helpers", "roles").lines} == {C}
    assert {line.first for line in fair.indicator(facts, "helpers", "by_role").lines} == {C}


def test_two_wholes_that_differ_by_a_few_are_not_both_shown() -> None:
    facts = fair.released(found(MARKS, [marks(pupils=100, good=40, absent=4)]))
    (good,) = fair.indicator(facts, "marks", "good").lines
    (absent,) = fair.indicator(facts, "marks", "absent").lines
    assert value(good.n) == 95 and absent.n is C and absent.share is C
    apart = fair.released(found(MARKS, [marks(pupils=100, good=40, absent=20)]))
    (absent,) = fair.indicator(apart, "marks", "absent").lines
    assert value(absent.n) == 100 and value(absent.share) == 0.2


def naive_wilson(p: float, n: float) -> tuple[float, float]:
    """The two shares at which a test of size 5 % would just not be surprised, by halving."""

    def surprised(q: float) -> bool:
        return abs(p - q) > 1.959964 * (q * (1 - q) / n) ** 0.5

    ends = []
    for outer in (0.0, 1.0):
        inside, out = p, outer
        for _ in range(60):
            middle = (inside + out) / 2
            inside, out = (inside, middle) if surprised(middle) else (middle, out)
        ends.append(inside)
    return ends[0], ends[1]


@pytest.mark.parametrize(("p", "n"), [(0.5, 20), (0.1, 260), (0.93, 45), (0.33, 5000)])
def test_wilsons_interval_holds_the_shares_that_would_not_surprise(p: float, n: float) -> None:
    assert wilson(p, n) == pytest.approx(naive_wilson(p, n), abs=1e-9)


def test_the_interval_is_that_of_the_numbers_as_shown() -> None:
    """So that it tells no more of the true ones: 62 and 63 of 121 or 122 look the same."""
    seen = set()
    for pupils, good in ((121, 62), (122, 62), (121, 61)):
        facts = fair.released(found(MARKS, [marks(pupils=pupils, good=good)]))
        (line,) = fair.indicator(facts, "marks", "good").lines
        if value(line.share) == 0.51:
            seen.add((value(line.n), value(line.share_low), value(line.share_high)))
    assert len(seen) == 1


def test_a_class_that_was_hidden_does_not_come_out_by_the_next_report() -> None:
    """Guards grew from 4 to 14 and singers stayed: shown now, 20 singers would tell the 4."""
    first = found(HELPERS, roles(cooks=40, singers=20, guards=4))
    then = found(HELPERS, roles(cooks=40, singers=20, guards=14))
    alone = fair.lines(fair.released(then), "helpers", "by_role")
    after = fair.lines(fair.released(then, earlier=(fair.before(first),)), "helpers", "by_role")
    assert value(alone["2",].n) == 20
    assert after["2",].n is C
    assert value(after["1",].n) == 40


def test_a_mean_is_hidden_where_a_few_more_people_would_tell_of_themselves() -> None:
    first, then = found(HELPERS, helpers(40)), found(HELPERS, helpers(42))
    few = fair.released(then, earlier=(fair.before(first),))
    (cook, _) = fair.indicator(few, "helpers", "by_topic").lines
    assert cook.first is C and cook.difference is C
    again = fair.released(first, earlier=(fair.before(first),))
    assert value(fair.indicator(again, "helpers", "by_topic").lines[0].first)
    more = fair.released(found(HELPERS, helpers(60)), earlier=(fair.before(first),))
    assert value(fair.indicator(more, "helpers", "by_topic").lines[0].first)
    one = fair.released(
        found(HELPERS, helpers(91)), earlier=(fair.before(found(HELPERS, helpers(90))),)
    )
    (mood,) = fair.indicator(one, "helpers", "mood").lines
    assert value(mood.first)  # between 1 and 5, one more may be anything: 0.1 × 130


def test_a_mean_of_a_few_more_things_needs_enough_left_open() -> None:
    def stalls(many: int) -> DatasetFound:
        return found(STALLS, [stall(f"S{n}", 1, visitors=10 + n % 9) for n in range(many)])

    few = fair.released(stalls(13), earlier=(fair.before(stalls(12)),))
    assert fair.indicator(few, "stalls", "dose").lines[0].first is C
    many = fair.released(stalls(43), earlier=(fair.before(stalls(42)),))
    assert value(fair.indicator(many, "stalls", "dose").lines[0].first)


def test_a_report_from_before_the_dataset_changes_nothing() -> None:
    made = found(HELPERS, helpers(40))
    plain = fair.released(made)
    beside = fair.released(made, earlier=(fair.before(found(STALLS, [stall("S1", 1)])),))
    assert beside.ledger() == plain.ledger()


def test_what_the_study_no_longer_declares_is_left_out() -> None:
    made = found(HELPERS, helpers(40))
    gone = replace(made, dataset="gone")
    older = replace(made, indicators=(replace(made.indicators[0], indicator="old"),))
    assert fair.released(gone).datasets == ()
    assert fair.dataset(fair.released(older), "helpers").indicators == ()


def test_an_indicator_without_lines_is_empty() -> None:
    made = found(STALLS, [])
    facts = fair.released(made)
    assert fair.indicator(facts, "stalls", "order").lines == ()
    assert value(fair.lines(facts, "stalls", "held")["1",].n) == 0


def test_a_range_that_nobody_declared_lets_nothing_be_supposed() -> None:
    fields = tuple(replace(f, maximum=None) for f in HELPERS.fields)
    of = fair.study()
    instruments = {**of.instruments, "helpers": replace(HELPERS, fields=fields)}
    of = replace(of, instruments=instruments)
    first, then = found(HELPERS, helpers(400)), found(HELPERS, helpers(401))
    from evaluation.release.disclosure import protect

    facts = protect(Facts(fair.comparison(then), of), of.disclosure, earlier=(fair.before(first),))
    assert fair.indicator(facts, "helpers", "by_topic").lines[0].first is C


def test_the_ledger_keeps_every_number_and_only_those_that_apply() -> None:
    facts = fair.released(found(MARKS, [marks()]), found(STALLS, [stall("S1", 1)]))
    ledger = dict(facts.ledger())
    assert ledger["dataset/marks/good/all/-/n"] == "60"
    assert ledger["dataset/marks/good/all/-/share"] == "50%"
    assert ledger["dataset/stalls/order/1+2/-/n"] == "0"
    assert "dataset/marks/good/all/-/first" not in ledger


def test_the_evaluator_is_told_why() -> None:
    made = found(HELPERS, roles(cooks=40, singers=20, guards=4))
    sums = found(MARKS, [marks(pupils=100, good=100, absent=0)])
    facts = fair.released(made, sums)
    reasons = {
        r.key: r.rule for r in reasons_of(facts, Facts(fair.comparison(made, sums), fair.study()))
    }
    assert reasons["dataset/helpers/by_role/3/-/n"] is Rule.SMALL
    assert reasons["dataset/helpers/by_role/2/-/n"] is Rule.SECONDARY
    assert reasons["dataset/helpers/by_topic/all/1/n"] is Rule.NOTHING  # nobody sang
    assert reasons["dataset/marks/good/all/-/share"] is Rule.HOMOGENEOUS
    assert reasons["dataset/marks/absent/all/-/share"] is Rule.NOTHING


WHY = [
    ("n", {"n": 0}, Rule.NOTHING),
    ("n", {"n": 3}, Rule.SMALL),
    ("first", {"n": 30, "answered": 20}, Rule.DIFFERENCING),
    ("first", {"n": 30, "answered": 20, "alike": True}, Rule.HOMOGENEOUS),
    ("share", {"n": 30, "part": 4}, Rule.SMALL),
    ("share", {"n": 30, "part": 0}, Rule.NOTHING),
    ("share", {"n": 30, "part": 25}, Rule.COMPLEMENT),
    ("share", {"n": 30, "answered": 20, "part": 20}, Rule.HOMOGENEOUS),
    ("share_low", {"n": 30, "part": 15}, Rule.SECONDARY),
    ("n", {"n": 30}, Rule.SECONDARY),
]


@pytest.mark.parametrize(("name", "numbers", "rule"), WHY)
def test_each_rule_has_its_case(name: str, numbers: dict[str, object], rule: Rule) -> None:
    made = found(MARKS, [marks()])
    line = replace(made.indicators[0].lines[0], **{"part": None, **numbers})  # type: ignore[arg-type]
    only = replace(made, indicators=(replace(made.indicators[0], lines=(line,)),))
    assert rule_of_line(f"dataset/marks/good/all/-/{name}", [only], 10, FAIR.instruments) is rule


def test_sums_over_the_children_of_a_region_name_no_region() -> None:
    """120 children of each, but nobody says of how many schools."""
    marks_of = replace(
        MARKS,
        indicators=(replace(MARKS.indicators[0], by=("region",)),),
    )
    known = fair.study().instruments | {"marks": marks_of}
    rows = [marks(region=region, pupils=120, good=60) for region in "ns"]
    made = found(marks_of, rows)
    facts = Facts(fair.comparison(made), replace(fair.study(), instruments=known))
    released = protect(facts, facts.study.disclosure)
    shown = fair.lines(released, "marks", MARKS.indicators[0].id)
    assert value(shown[ALL,].n) == 240 and value(shown[ALL,].share) == 0.5
    for region in "ns":
        assert (shown[region,].n, shown[region,].share, shown[region,].first) == (C, C, Z)
    rules = {r.rule for r in reasons_of(released, facts) if r.key.startswith("dataset/")}
    assert rules == {Rule.FEW_SITES}


def test_nobody_but_the_gate_makes_a_released_line() -> None:
    whole = fair.dataset(fair.released(found(MARKS, [marks()])), "marks")
    with pytest.raises((DisclosureError, TypeError, ValueError)):
        replace(whole.indicators[0].lines[0], n=whole.indicators[0].lines[0].share)
    with pytest.raises((DisclosureError, TypeError)):
        ReleasedDataset(
            dataset="marks",
            versions=(1,),
            batches=1,
            first_day=None,
            last_day=None,
            indicators=(),
            seal=object(),  # type: ignore[arg-type]
        )
    assert isinstance(whole.indicators[0].lines[0], ReleasedRow)
    assert FAIR.instruments.keys() == {"helpers", "marks", "stalls"}
