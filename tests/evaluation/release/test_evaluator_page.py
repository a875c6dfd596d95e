"""The evaluator's page: every hidden number with its rule, and that it must not be handed on."""

from __future__ import annotations

import re

import pytest

from evaluation.language import Language, languages
from evaluation.records.estimates import Comparison
from evaluation.release.disclosure import protect
from evaluation.release.disclosure.reasons import Reason, reasons_of
from evaluation.release.disclosure.tables.picture import FILLS, LETTERS
from evaluation.release.disclosure.tables.rules import Rule
from evaluation.release.evaluator_page import audit_lines, evaluator_page
from evaluation.release.report.facts import Facts
from tests.evaluation.release import given
from tests.evaluation.release.given_measures import MEASURES


def page(found: Comparison, code: str = "en") -> tuple[str, tuple[Reason, ...]]:
    facts = Facts(found, given.study())
    released = protect(facts, facts.study.disclosure)
    reasons = reasons_of(released, facts)
    return evaluator_page(released, reasons, Language(code)).decode(), reasons


@pytest.mark.parametrize("code", languages())
def test_it_says_in_every_language_that_it_must_not_be_handed_on(code: str) -> None:
    text, _ = page(given.comparison(), code)
    say = Language(code)
    assert say("audit.keep") in text and f'lang="{code}"' in text
    assert all(line in text for line in audit_lines(given.released().audit, say))


def test_each_hidden_cell_has_its_colour_and_letter_and_each_letter_its_words() -> None:
    few = given.flow(given.arm("pilot", 50, 40, 30, 20, 12, 7), given.COMPARISON)
    text, reasons = page(given.comparison(participants=few))
    assert len(re.findall(r"\[c\] [A-H]</td>", text)) == len(reasons) == text.count("[c]")
    for rule in {reason.rule for reason in reasons}:
        assert f'style="background:{FILLS[rule]}99">[c] {LETTERS[rule]}' in text
        assert f"<strong>{LETTERS[rule]}</strong>" in text
    assert Rule.SMALL in {reason.rule for reason in reasons}
    assert "<code>flow/unassigned</code>" in text


def test_where_nothing_is_hidden_it_shows_the_flow_and_no_list() -> None:
    open_flow = given.flow(
        given.arm("pilot", 236, 220, 204, 193, 181, 151),
        given.arm("comparison", 231, 214, 198, 188, 176, 146),
        moved=20,
        unassigned=30,
    )
    quality = given.quality(findings=(("frequent", 42),))
    estimate = given.estimate(n_pilot=140, n_comparison=135)
    text, reasons = page(given.comparison(estimate, participants=open_flow, batches=quality))
    assert reasons == () and "[c]" not in text
    assert "<code>" not in text and "<ul>" not in text
    assert "No count is secret." in text and "<td>205</td>" in text


@pytest.mark.parametrize("code", languages())
def test_who_was_lost_is_told_by_region_to_the_evaluator_alone(code: str) -> None:
    say, losses = Language(code), MEASURES.losses
    text = evaluator_page(given.released(), (), say, losses).decode()
    assert say("audit.lost") in text
    row = ("01", say("report.arm.pilot"), "40", "11", say.number(-0.7777, 2))
    assert "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" in text
    without = evaluator_page(given.released(), (), say, losses[:2]).decode()
    assert say("audit.lost") not in without
