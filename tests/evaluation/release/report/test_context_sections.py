"""The sections around the numbers: how it was compared, ethics, comparability, what is absent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.design import Approval, Permissions
from evaluation.design.permissions import Registered
from evaluation.language import Language
from evaluation.release.report.blocks import Bullets, Paragraph, Terms
from tests.evaluation.release import given
from tests.evaluation.release.report.reading import ENGLISH, blocks, document, section, tables

CODES = ("en", "ru", "kk")


def said(made: object, id: str) -> dict[str, str]:
    (terms,) = blocks(made, id, Terms)  # type: ignore[arg-type]
    return {term.name: term.text for term in terms.items}


def test_the_sections_stand_in_the_order_of_a_year_end_report() -> None:
    assert [made.id for made in document().sections] == [
        "at-a-glance",
        "context",
        "purpose",
        "methods",
        "ethics",
        "participation",
        "comparability",
        "measurement",
        "results",
        "sensitivity",
        "data-quality",
        "limits",
        "conclusions",
        "recommendations",
        "response",
        "absent",
        "changes",
        "provenance",
    ]


def test_the_methods_name_plan_waves_and_what_was_taken_into_account() -> None:
    terms = said(document(), "methods")
    assert terms["The analysis plan"] == "version 3, 1 February 2030"
    assert terms["When children were asked"] == "spring (1 March 2030 – 31 March 2030); autumn"
    assert "and 1 more feature of the child" in terms["Taken into account"]
    assert "under 0.05" in terms["What counts as clear"] and "80%" in terms["What counts as clear"]
    lead, _plan = blocks(document(), "methods", Paragraph)
    assert "in 5\u00a0regions with the approach and in 5\u00a0regions without it" in lead.text


def test_the_scales_of_the_plan_are_described() -> None:
    groups = tables(document())["outcomes"].groups
    assert [[row.head for row in group.rows] for group in groups] == [
        ["Joy of reading", "Joy of telling"],
        ["Patience in listening"],
    ]
    turned = replace(given.scale("reading"), reversed=frozenset({"reading_2"}))
    made = document(of=given.study(scales={**given.study().scales, "reading": turned}))
    assert tables(made)["outcomes"].groups[0].rows[0].cells == ("2", "1", "1", "5")


def test_without_arms_there_are_no_regions_to_name() -> None:
    only = given.comparison(participants=given.flow(given.PILOT))
    lead, _plan = blocks(document(found=only), "methods", Paragraph)
    assert "in 0\u00a0regions without it" in lead.text


def line(kind: Approval, region: str) -> Registered:
    return Registered(kind, region, 0, date(2030, 1, 5), "EXAMPLE")


def test_registers_are_counted_for_the_regions_of_the_comparison() -> None:
    lines = (line(Approval.ETHICS, "01"), line(Approval.ETHICS, "03"), line(Approval.ETHICS, "99"))
    register = Permissions(
        demanded=(Approval.ETHICS,), registered=(*lines, line(Approval.TRAINING, "01"))
    )
    terms = said(document(of=given.study(permissions=register)), "ethics")
    assert terms["Approvals by an ethics committee"].startswith("2 registered")
    assert terms["Trainings of interviewers"] == ENGLISH("report.ethics.no_register")
    assert "EXAMPLE" not in repr(terms)


def test_what_is_kept_and_shown_is_said_with_the_studys_own_limits() -> None:
    terms = said(document(), "ethics")
    assert terms["Rows without consent"].startswith("10;")  # 12, rounded
    assert "after 14 days" in terms["Refused files"]
    assert "10 children or more" in terms["What is shown"]
    assert "nearest 5;" in terms["What is shown"]


GAPS = [
    (0.0, "alike"),
    (0.05, "alike"),
    (-0.054, "alike"),  # printed -0.05: the word follows what a reader sees
    (0.06, "a gap, taken into account"),
    (-0.25, "a gap, taken into account"),
    (0.26, "too far apart"),
    (-0.4, "too far apart"),
]


@pytest.mark.parametrize(("gap", "word"), GAPS)
def test_groups_are_judged_by_the_gap_that_is_printed(gap: float, word: str) -> None:
    made = document(found=given.comparison(given.estimate(baseline_gap=gap)))
    assert tables(made)["comparable"].groups[0].rows[0].cells[3] == word


def test_the_plans_own_limits_are_used_and_named() -> None:
    strict = given.plan(thresholds={"gap_refuse": 0.1, "gap_adjust": 0.01})
    made = document(
        found=given.comparison(given.estimate(baseline_gap=0.12)), of=given.study(plan=strict)
    )
    assert tables(made)["comparable"].groups[0].rows[0].cells[3] == "too far apart"
    (intro,) = blocks(made, "comparability", Paragraph)
    assert "more than 0.10 standard deviations" in intro.text


def test_what_the_analysis_refused_is_never_called_alike() -> None:
    close = given.unanswered("reading", baseline_gap=0.2503)
    made = document(found=given.comparison(close))
    assert tables(made)["comparable"].groups[0].rows[0].cells[2:] == ("+0.25", "too far apart")


def test_a_hidden_gap_is_not_judged() -> None:
    made = document(found=given.comparison(given.estimate(n_pilot=9)))
    assert tables(made)["comparable"].groups[0].rows[0].cells == ("[c]", "3.2", "[c]", "[c]")


@pytest.mark.parametrize("code", CODES)
def test_what_is_absent_is_named_with_its_reason(code: str) -> None:
    terms = said(document(say=Language(code)), "absent")
    assert len(terms) == 2
    assert all(len(reason) > 20 for reason in terms.values())
    assert section(document(say=Language(code)), "absent").title


def test_page_one_says_that_delivery_is_not_known() -> None:
    cannot = blocks(document(), "at-a-glance", Bullets)[-1].items
    assert ENGLISH("report.glance.delivery") in cannot
