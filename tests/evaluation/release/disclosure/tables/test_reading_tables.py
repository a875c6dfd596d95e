"""Which tables the gate reads, how it links them, and which it sends back with a reason."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaluation.design import Disclosure
from evaluation.errors import DisclosureError
from evaluation.language import Language, languages
from evaluation.release import Table, protect
from tests.evaluation.release.disclosure.tables.given import children
from tests.evaluation.release.disclosure.tables.test_protect_table import EXACT, ONE_SMALL, PLAIN

THEM = children(900, 4, region=4, answer=3, sex=2)


def crosstab(*names: str, margins: bool = True, them: pd.DataFrame = THEM) -> pd.DataFrame:
    return pd.crosstab(them[names[0]], them[names[1]], margins=margins)


@pytest.mark.parametrize(
    "label", ["All", "Total", "Итого", "Барлығы", " total ", "Всего:", "Margin", "the lot", "7"]
)
def test_totals_are_known_by_their_usual_words_or_by_their_numbers(label: str) -> None:
    """Taken for one category more, `60 - 24 - 33` of the lot would be the three that are hidden."""
    named = ONE_SMALL.rename(columns={"All": label}, index={"All": label})
    assert (
        protect(named, EXACT).table.to_numpy() == protect(ONE_SMALL, EXACT).table.to_numpy()
    ).all()


def test_totals_may_have_a_name_of_their_own() -> None:
    named = ONE_SMALL.rename(columns={"All": "Σ"}, index={"All": "Σ"})
    assert protect(named, EXACT, totals="Σ").audit.cells == 16


def test_a_table_without_totals_hides_what_is_small_and_its_complement() -> None:
    released = protect(ONE_SMALL.iloc[:-1, :-1], EXACT)
    hidden = (released.table == "[c]").to_numpy()
    assert hidden.sum() == released.audit.primary == 1


def test_one_variable_is_enough() -> None:
    released = protect(pd.Series({"a": 40, "b": 3, "c": 60}, name="n"), EXACT)
    assert released.table["n"].tolist() == [40, "[c]", 60]


def test_an_empty_cell_of_a_pivot_table_is_nobody() -> None:
    frame = pd.DataFrame({"u": [np.nan, 40.0], "v": [50.0, 60.0]}, index=["a", "b"])
    assert protect(frame, EXACT).table.loc["a", "u"] == "[c]"


def test_a_line_that_only_happens_to_be_the_sum_of_the_others_can_be_called_a_category() -> None:
    frame = pd.DataFrame(
        [[20, 30], [30, 20], [50, 50]], index=["a", "b", "=c"], columns=["=u", "=v"]
    )
    assert protect(frame, EXACT).audit.cells == 6
    assert (protect(frame, EXACT).table == "[c]").sum().sum() == 0
    called = frame.rename(index={"=c": "c"})  # c is then the total of a and b
    assert protect(called, EXACT).table.loc["c"].tolist() == [50, 50]
    first = called.loc[["c", "a", "b"]]
    assert protect(first, EXACT, totals="All").audit.cells == 6


def test_nothing_at_all_is_no_total_and_neither_is_a_line_like_its_only_neighbour() -> None:
    none = pd.DataFrame([[20, 30], [30, 20], [0, 0]], columns=["u", "v"])
    assert protect(none, EXACT).table.loc[2].tolist() == ["[c]", "[c]"]
    alike = pd.DataFrame([[20, 30], [20, 30]], columns=["u", "v"])
    assert protect(alike, EXACT).table.to_numpy().tolist() == [[20, 30], [20, 30]]


WRONG = {
    "margins": (PLAIN + np.eye(4, dtype=int), "table_margins"),
    "three variables": (
        pd.crosstab([THEM.region, THEM.sex], THEM.answer),
        "table_variables",
    ),
    "text": (PLAIN.astype(object).replace(40, "many"), "table_not_counts"),
    "halves": (PLAIN + 0.5, "table_not_counts"),
    "negative": (PLAIN - 1000, "table_not_counts"),
    "no table": ("40, 50", "table_not_counts"),
    "no cells": (pd.DataFrame(), "table_empty"),
    "no tables": ([], "table_empty"),
    "totals first": (PLAIN.iloc[::-1], "table_labels"),
    "totals first, called otherwise": (PLAIN.iloc[::-1].rename({"All": "x"}), "table_labels"),
    "totals in the middle": (PLAIN.iloc[[0, 3, 1, 2]].rename({"All": "x"}), "table_labels"),
    "a second total": (PLAIN.assign(All2=PLAIN["All"]), "table_labels"),
    "endless": (PLAIN.iloc[:-1, :-1].astype(float).replace(40, np.inf), "table_not_counts"),
    "too many to be told apart": (PLAIN * 10**16, "table_not_counts"),
    "no real numbers": (PLAIN.astype(complex), "table_not_counts"),
    "no rows": (PLAIN.iloc[:0], "table_empty"),
    "no columns": (PLAIN.iloc[:, :0], "table_empty"),
    "two levels": (
        PLAIN.set_axis(pd.MultiIndex.from_product([["r"], [*"abcd"]])),
        "table_variables",
    ),
    "a hole beside a total": (PLAIN.astype(float).replace(40, np.nan), "table_margins"),
    "an array": (PLAIN.to_numpy(), "table_not_counts"),
    "the same label twice": (PLAIN.rename(columns={"u": "v"}), "table_labels"),
    "impossible, and there is somebody": (
        Table(PLAIN, impossible=[("a", "u")]),
        "table_impossible",
    ),
    "impossible, and not in the table": (Table(PLAIN, impossible=[("a", "Ω")]), "table_labels"),
    "two tables that contradict": (
        [crosstab("region", "answer"), crosstab("region", "sex", them=THEM[:-20])],
        "tables_contradict",
    ),
    "parts that are not the whole": (
        {"1": PLAIN, "2": PLAIN, "Total": PLAIN},
        "tables_contradict",
    ),
}


@pytest.mark.parametrize(("asked", "rule"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_table_is_sent_back_with_its_reason(asked: object, rule: str) -> None:
    with pytest.raises(DisclosureError, match=rule) as caught:
        protect(asked, EXACT)  # type: ignore[call-overload]
    for code in languages():
        assert "{" not in Language(code)(caught.value.message, **caught.value.values)


def test_no_study_may_go_under_the_floor() -> None:
    with pytest.raises(DisclosureError, match="minimum_below_floor"):
        protect(PLAIN, Disclosure(minimum_cell=4))


def linked_interval(shown: dict[str, pd.DataFrame], place: tuple[str, str]) -> tuple[float, float]:
    """Of a cell of region × answer, by a reader of region × answer and region × sex together."""
    from scipy.optimize import linprog

    keys = {
        name: [[(r, "All" if c == "All" else f"{name}/{c}") for c in frame] for r in frame.index]
        for name, frame in shown.items()
    }
    known = {
        key: value
        for name, frame in shown.items()
        for line, values in zip(keys[name], frame.to_numpy(), strict=True)
        for key, value in zip(line, values, strict=True)
    }
    lines = [
        line for grid in keys.values() for line in [*grid, *map(list, zip(*grid, strict=True))]
    ]
    matrix = [[(key in line[:-1]) - (key == line[-1]) for key in known] for line in lines]
    bounds = [(0, 1e4) if value == "[c]" else (value, value) for value in known.values()]
    aim = np.array([key == (place[0], f"answers/{place[1]}") for key in known], float)
    ends = [linprog(s * aim, A_eq=matrix, b_eq=[0] * len(lines), bounds=bounds) for s in (1, -1)]
    return ends[0].fun, -ends[1].fun


@pytest.mark.parametrize("seed", range(6))
def test_linked_tables_do_not_tell_on_each_other(seed: int) -> None:
    them = children(260, seed, region=4, answer=3, sex=2)
    true = {
        "answers": crosstab("region", "answer", them=them),
        "sexes": crosstab("region", "sex", them=them),
    }
    shown = dict(protect(true, EXACT).tables)
    small = [
        (row, column)
        for row in true["answers"].index
        for column in true["answers"].columns[:-1]
        if true["answers"].loc[row, column] < 10
    ]
    for place in small:
        low, high = linked_interval(shown, place)
        assert high >= 10 - 1e-6 and high - low >= 5 - 1e-6


def test_a_total_that_two_tables_show_is_hidden_in_both_or_in_none() -> None:
    them = children(120, 3, region=5, answer=2, sex=2)
    released = protect(
        [crosstab("region", "answer", them=them), crosstab("region", "sex", them=them)]
    )
    one, two = released.tables.values()
    assert one["All"].tolist() == two["All"].tolist()


def test_tables_of_each_wave_add_up_to_the_table_of_all() -> None:
    them = children(700, 6, region=3, answer=3, wave=2)
    waves = {name: crosstab("region", "answer", them=part) for name, part in them.groupby("wave")}
    whole = crosstab("region", "answer", them=them)
    by_place = protect([*waves.values(), whole], EXACT)
    by_name = protect({**waves, "Total": whole}, EXACT)
    assert by_place.audit.cells == by_name.audit.cells == 48
    apart = protect(waves, EXACT)
    assert apart.audit.cells == 32


def test_tables_of_other_children_stand_for_themselves() -> None:
    other = children(500, 8, class_=3, grade=3)
    released = protect(
        [crosstab("region", "answer"), crosstab("class_", "grade", them=other)], EXACT
    )
    assert released.audit.cells == 20 + 16


def test_before_and_after_with_the_same_answers_are_two_variables() -> None:
    square = pd.DataFrame([[40, 20], [30, 50]], index=["yes", "no"], columns=["yes", "no"])
    assert protect(square, EXACT).table.loc["yes", "no"] == 20
