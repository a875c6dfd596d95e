"""Two numbers of the same children, wherever they stand, never differ by a few.

Every whole number of every table, sentence and picture, in the three formats, on page one and in
the open data: each is one that the gate let out, and where one group holds another, those who are
in one of them only are as many as may be shown.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from evaluation.language import Language
from evaluation.release import Facts, ReleasedFacts, build_reports, protect
from evaluation.release.package import build_package
from tests.evaluation.release import given
from tests.evaluation.release.attacks.any_table import NOT_CHILDREN, numbers_of
from tests.evaluation.release.attacks.files import READERS, SAY, Sheet, bare, shown_in, together
from tests.evaluation.release.attacks.year import (
    FORMS,
    OPEN_DATA,
    comparisons,
    primary_only,
    unguarded,
)
from tests.evaluation.release.disclosure.attacker import COLUMNS, INSIDE, MINIMUM, Shown
from tests.evaluation.release.given_evidence import EVIDENCE
from tests.evaluation.release.given_measures import MEASURES
from tests.example_years import example_year

Pair = tuple[str, str, int]


def few_apart(shown: Shown) -> list[Pair]:
    """Shown numbers of which one holds the other, and in print fewer than the minimum are between.

    In print, since as many as 4 of them are rounding: 205 and 200 are 1 to 9 children apart.
    """
    found = []
    for outer, inner in sorted(INSIDE):
        for column in COLUMNS:
            some, all_of = shown.get(f"{inner}/{column}"), shown.get(f"{outer}/{column}")
            if some is not None and all_of is not None and all_of - some < MINIMUM:
                found.append((f"{outer}/{column}", f"{inner}/{column}", all_of - some))
    return found


def everywhere(released: ReleasedFacts, study=None) -> tuple[Shown, dict[str, Sequence[Sheet]]]:
    """What the files of a report and its open data say of the flow; and all of their tables."""
    study = study or given.study()
    files = build_reports(released, study, Language("en"), forms=FORMS)
    said = [shown_in(form, file) for form, file in zip(FORMS, files, strict=True)]
    package = build_package(released, study, ("en",))
    said += [shown_in(name, package[f"data/{name}.csv"]) for name in OPEN_DATA]
    sheets = {form: READERS[form](f).sheets for form, f in zip(FORMS, files, strict=True)}
    return together(said), sheets


def not_let_out(released: ReleasedFacts, sheets: Sequence[Sheet]) -> set[str]:
    """Whole numbers of tables that are no cell of the ledger, and count no regions or questions."""
    let_out = {text for _, text in released.ledger()}
    let_out |= {text for _, text in (released.previous.cells if released.previous else ())}
    known = {bare(SAY(key)) for key in NOT_CHILDREN}
    return {
        f"{sheet[r][0]}, {sheet[0][c]}: {number}"
        for sheet in sheets
        if sheet and bare(SAY("report.column.stated_on")) not in sheet[0]
        for (r, c), number in numbers_of(sheet).items()
        if number is not None and str(number) not in let_out
        and not known.intersection((sheet[r][0], sheet[0][c]))
    }  # fmt: skip


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    return example_year("clear", tmp_path_factory.mktemp("clear"))


def test_in_an_example_year_no_two_numbers_are_a_few_children_apart(example) -> None:
    study, released = example
    shown, sheets = everywhere(released, study)
    assert sum(number is not None for number in shown.values()) >= 5
    assert few_apart(shown) == []
    for form, tables in sheets.items():
        assert not_let_out(released, tables) == set(), form


@pytest.mark.parametrize("seed", range(2))
def test_nor_in_invented_studies_of_any_size(seed: int) -> None:
    study = given.study()
    for found in comparisons(seed, 2):
        facts = Facts(found, study, evidence=EVIDENCE, measures=MEASURES)
        released = protect(facts, study.disclosure)
        shown, sheets = everywhere(released)
        assert few_apart(shown) == []
        for form, tables in sheets.items():
            assert not_let_out(released, tables) == set(), form


def test_where_only_small_numbers_are_hidden_some_are_a_few_apart() -> None:
    found = [
        few_apart(shown_in("html", left.files["html"]))
        for seed in range(4)
        for left in unguarded(comparisons(seed, 1), primary_only, forms=("html",))
    ]
    assert all(found)
