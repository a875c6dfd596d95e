"""The three tables of second opinions say what the gate let through, and mark the rest."""

from __future__ import annotations

import pytest

from evaluation.language import Language, languages
from evaluation.records.estimates import Estimate
from evaluation.release.report.blocks import Block, Table, Terms
from evaluation.release.report.second_opinions import method_name, second_opinions
from tests.evaluation.release import given


def blocks(*estimates: Estimate, code: str = "en") -> tuple[Block, ...]:
    released = given.released(given.comparison(*estimates))
    return second_opinions(released.outcomes, released.provenance, given.study(), Language(code))


def tables(*estimates: Estimate, code: str = "en") -> dict[str, Table]:
    return {b.id: b for b in blocks(*estimates, code=code) if isinstance(b, Table)}


def rows(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for group in table.groups for row in group.rows]


def test_every_number_stands_in_its_column() -> None:
    found = tables(given.estimate())
    assert rows(found["second-tests"]) == [("0.023", "+0.06 to +0.57", "0.032", "0.048", "[x]")]
    assert rows(found["second-methods"]) == [("+0.29 (0.029)", "+0.81 (0.027)", "[x]")]
    assert rows(found["second-regions"]) == [("9.6", "0.04", "kept")]


def test_a_sign_that_turns_is_told_without_the_region() -> None:
    from evaluation.records.opinions import LeftOut

    turned = given.estimate(left_out=LeftOut(-0.0718, 0.3621, False))
    assert rows(tables(turned)["second-regions"])[0][-1] == "not kept"
    unknown = given.estimate(left_out=None)
    assert rows(tables(unknown)["second-regions"])[0][-1] == "[x]"


def test_what_is_hidden_is_marked_in_every_table() -> None:
    found = tables(given.estimate(n_pilot=9))
    assert rows(found["second-tests"]) == [("[c]", "[c]", "[c]", "[c]", "[x]")]
    assert rows(found["second-methods"]) == [("[c]", "[c]", "[x]")]
    assert rows(found["second-regions"]) == [("[c]", "[c]", "[c]")]


def test_an_estimator_that_only_one_outcome_has_is_marked_for_the_others() -> None:
    lone = given.unclear(companions=given.estimate().companions[:1])
    found = rows(tables(given.estimate(), lone)["second-methods"])
    assert found[1][1:] == ("[x]", "[x]")


def test_outcomes_without_a_number_have_nothing_to_be_doubted() -> None:
    assert blocks(given.unanswered("reading")) == ()
    assert len(rows(tables()["second-tests"])) == 2  # of three, one has a reason


@pytest.mark.parametrize("code", languages())
def test_versions_and_digest_stand_beside_the_numbers(code: str) -> None:
    (made,) = [b for b in blocks(code=code) if isinstance(b, Terms)]
    assert [term.text for term in made.items] == ["numpy 2.4.1", "c3" * 32]
    assert all(term.code for term in made.items)


@pytest.mark.parametrize("code", languages())
def test_methods_have_a_short_name_in_every_language(code: str) -> None:
    from evaluation.analysis.estimators import ESTIMATORS

    say = Language(code)
    assert all(method_name(name, say) != name for name in ESTIMATORS)
    assert all(say.knows(f"report.estimator.{name}") for name in ESTIMATORS)
    assert method_name("of_tomorrow", say) == "of_tomorrow"
