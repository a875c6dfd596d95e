"""What leaves of the evidence table: nothing of a few children, nothing of a single region."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.errors import DisclosureError
from evaluation.release.disclosure import Direction, Mark, ReleasedChallenge, protect
from evaluation.release.disclosure.cells import written
from evaluation.release.disclosure.reasons import reasons_of
from evaluation.release.disclosure.tables.rules import Rule
from evaluation.release.report.facts import Facts
from tests.evaluation.release import given
from tests.evaluation.release.given_evidence import CHILDREN, EVIDENCE, cell, none


def facts(*evidence: object, **changes: object) -> Facts:
    found = given.comparison(given.estimate(**changes))
    return Facts(found, given.study(), evidence=evidence or EVIDENCE)  # type: ignore[arg-type]


def released(*evidence: object, **changes: object) -> dict[str, ReleasedChallenge]:
    made = protect(facts(*evidence, **changes), given.RULES)
    return {each.name: each for each in made.evidence}


def test_numbers_leave_as_coarse_as_those_of_the_headline() -> None:
    found = released()
    shown = {n: [written(getattr(found[n], f)) for f in ("value", "low", "high")] for n in found}
    assert shown["headline"] == ["0.31", "0.09", "0.53"]
    assert shown["reweighted"] == ["-0.02", "-0.24", "0.20"]
    assert shown["bounds"] == ["[x]", "0.03", "0.58"]
    assert shown["by_propensity"] == ["[x]", "[x]", "[x]"]
    assert found["by_propensity"].reason == "few_effective"


def test_the_direction_is_told_beside_the_headline() -> None:
    found = released()
    assert {name: each.direction for name, each in found.items() if each.direction} == {
        "language_items": Direction.KEPT,
        "bounds": Direction.KEPT,
        "not_at_random": Direction.OPEN,
        "reweighted": Direction.TURNED,
        "each_region": Direction.KEPT,
    }


def test_without_a_headline_there_is_no_direction() -> None:
    assert released(EVIDENCE[4])["bounds"].direction is None
    nought = replace(EVIDENCE[0], value=0.0)
    assert released(nought, EVIDENCE[4])["bounds"].direction is None
    bare = replace(EVIDENCE[4], children=None)
    assert not released(EVIDENCE[0], bare)["bounds"].few


@pytest.mark.parametrize("name", ["slips_linked", "quality_flags", "imputed"])
def test_a_challenge_of_certain_children_that_has_as_many_says_that_there_are_none(
    name: str,
) -> None:
    found = released(EVIDENCE[0], cell(name, 0.314, 0.094, 0.534))
    assert found[name].few
    others = released(EVIDENCE[0], cell("reweighted", 0.314, 0.094, 0.534))
    assert not others["reweighted"].few


@pytest.mark.parametrize(("more", "hidden"), [(0, True), (1, True), (9, True), (10, False)])
def test_a_challenge_that_adds_a_few_children_would_tell_of_them(more: int, hidden: bool) -> None:
    changed = cell("slips_linked", 0.3333, 0.1111, 0.5555, children=CHILDREN + more)
    found = released(EVIDENCE[0], changed)["slips_linked"]
    assert found.few is hidden and (found.value is Mark.CONFIDENTIAL) is hidden
    assert (found.direction is None) is hidden and (found.method == "") is hidden


@pytest.mark.parametrize(
    "reason", ["nobody_lost", "all_linked_exactly", "nothing_flagged", "nothing_missing"]
)
def test_that_there_was_nobody_leaves_as_that_there_were_few(reason: str) -> None:
    nobody, few = released(EVIDENCE[0], none("bounds", reason)), released(EVIDENCE[0], EVIDENCE[9])
    assert nobody["bounds"].reason is None and nobody["bounds"].few
    assert few["slips_linked"].reason is None and few["slips_linked"].few


def test_the_range_without_each_region_stays_in() -> None:
    found = released()["each_region"]
    assert found.low is found.high is Mark.CONFIDENTIAL
    texts = [text for _, text in protect(facts(), given.RULES).ledger()]
    assert not {"0.27", "0.36", "0.33"} & set(texts)


def test_a_hidden_result_takes_its_evidence_along() -> None:
    found = released(n_pilot=9)
    assert all(each.few and each.direction is None for each in found.values())
    marks = {written(getattr(e, f)) for e in found.values() for f in ("value", "low", "p_value")}
    assert marks == {"[c]", "[x]"}


def test_evidence_of_an_outcome_that_is_not_reported_stays_in() -> None:
    assert released(none("headline", "dof", outcome="elsewhere")) == {}


def test_every_number_stands_in_the_ledger_and_every_mark_has_a_rule() -> None:
    asked = facts()
    made = protect(asked, given.RULES)
    ledger = dict(made.ledger())
    assert ledger["evidence/reading/reweighted/value"] == "-0.02"
    assert sum(key.startswith("evidence/") for key in ledger) == 4 * len(EVIDENCE)
    rules = {r.key: r.rule for r in reasons_of(made, asked) if r.key.startswith("evidence/")}
    assert set(rules.values()) == {Rule.SECONDARY}
    small = facts(n_pilot=9)
    rules = {r.key: r.rule for r in reasons_of(protect(small, given.RULES), small)}
    assert rules["evidence/reading/headline/value"] is Rule.SMALL


def test_nobody_else_can_make_one() -> None:
    with pytest.raises(DisclosureError):
        replace(released()["headline"], seal=None)  # type: ignore[arg-type]
