"""The section on measurement, covariates, distributions, and the results in other units."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.design import (
    Choice,
    Choices,
    Covariate,
    Field,
    FieldType,
    Identity,
    Instrument,
    Level,
    Need,
)
from evaluation.design.challenges import ChallengeRules
from evaluation.language import Language, languages
from evaluation.records.measures import Measures
from evaluation.release import Facts, protect
from evaluation.release.report.blocks import Block, Figure, Paragraph, Section, Table
from evaluation.release.report.covariate_table import covariate_label, covariate_tables
from evaluation.release.report.reliability_tables import reliability_limit
from evaluation.release.report.sections import comparability, measurement, results, sensitivity
from evaluation.release.report.spread_figures import spread_figures
from evaluation.release.report.strength_tables import strength_tables
from tests.evaluation.release import given
from tests.evaluation.release.disclosure.test_measures import ENOUGH
from tests.evaluation.release.given_measures import MEASURES

SAY = Language("en")


def released(measures: Measures = MEASURES, participants=ENOUGH, **changes: object):
    found = given.comparison(
        given.estimate(**changes), given.unclear(), given.unanswered(), participants=participants
    )
    return protect(Facts(found, given.study(), measures=measures), given.RULES)


def section(measures: Measures = MEASURES, code: str = "en", **changes: object) -> Section:
    return measurement.build(released(measures, **changes), given.study(), Language(code))


def rows(blocks: tuple[Block, ...], id: str) -> list[tuple[str, ...]]:
    (found,) = [block for block in blocks if isinstance(block, Table) and block.id == id]
    return [(row.head, *row.cells) for group in found.groups for row in group.rows]


def table(blocks: tuple[Block, ...], id: str) -> Table:
    (found,) = [block for block in blocks if isinstance(block, Table) and block.id == id]
    return found


def test_reliability_stands_by_wave_and_language_with_its_word() -> None:
    blocks = section().blocks
    assert [group.title for group in table(blocks, "reliability").groups] == [
        "spring, asked in Kazakh",
        "spring, asked in Russian",
        "autumn, tj",
        "autumn, asked in Kazakh",
    ]
    assert rows(blocks, "reliability") == [
        ("Joy of reading", "0.74", "0.65–0.80", "0.74", "0.77", "0.41–0.52", "yes", "good"),
        ("Joy of reading", "0.55", "0.65–0.80", "0.74", "0.77", "0.41–0.52", "no", "not a scale"),
        ("Joy of telling", *["[x]"] * 5, "[c]", "not known"),
        ("Patience in listening", *["[c]"] * 7),
    ]
    assert table(blocks, "reliability").notes[1].startswith("Joy of telling: ")


def test_in_one_language_reliability_stands_by_wave_alone() -> None:
    lone = Measures(
        reliabilities=tuple(replace(r, language="") for r in MEASURES.reliabilities[:1])
    )
    groups = table(section(lone).blocks, "reliability").groups
    assert [group.title for group in groups] == ["spring, all children"]


def test_questions_that_differ_are_named() -> None:
    assert rows(section().blocks, "functioning") == [
        ("Joy of reading", "0.61", "0.50–0.70", "reading_1", "none of 1"),
        ("Joy of telling", "[c]", "[c]", "[c]", "[c]"),
        ("Patience in listening", "[x]", "[x]", "[c]", "[x]"),
    ]


def test_shares_of_those_met_again_come_from_the_flow_as_it_is_shown() -> None:
    found = released()
    shown = rows(measurement.build(found, given.study(), SAY).blocks, "linkage")
    assert shown[0] == (
        "Of those at the beginning: in the results",
        "about 83%",  # 170 of 205
        "about 82%",  # 165 of 200
    )
    assert shown[1] == (
        "Of those at the beginning: met again at the end",
        "about 88%",  # 180 of 205
        "about 88%",  # 175 of 200
    )
    assert shown[2][1:] == ("about 92%", "about 92%")  # 180 of 195, 175 of 190
    assert shown[3][1:] == ("10%", "8%")
    assert ("spring: the same box all the way", "5%", "[c]") in shown


def test_where_the_flow_hides_its_counts_there_is_no_share_of_them() -> None:
    small = given.flow(given.arm("pilot", 236, 220, 8, 7, 6, 6), given.COMPARISON)
    assert rows(section(participants=small).blocks, "linkage")[0][1] == "[c]"
    nobody = given.flow(given.arm("pilot", 236, 220, 0, 0, 0, 0), given.COMPARISON)
    assert rows(section(participants=nobody).blocks, "linkage")[0][1] == "[c]"


def test_arms_of_which_nothing_was_kept_are_marked() -> None:
    bare = replace(MEASURES, links=(), losses=(), doubtful=MEASURES.doubtful[:2])
    shown = rows(section(bare).blocks, "linkage")
    assert shown[3][1:] == ("[x]", "[x]") and shown[5][2] == "[x]"
    assert section(bare).blocks[-1] == Paragraph(SAY("report.lost.hidden"))


def test_the_lost_are_described_by_outcome() -> None:
    assert rows(section().blocks, "lost")[0] == ("Joy of reading", "−0.14", "[x]")


def test_a_run_without_measures_says_so() -> None:
    assert [type(block) for block in section(Measures()).blocks] == [Paragraph]
    plain = given.released()
    assert [type(b) for b in measurement.build(plain, given.study(), SAY).blocks] == [Paragraph]
    assert spread_figures(plain, given.study(), SAY) == ()


@pytest.mark.parametrize("code", languages())
def test_the_whole_section_can_be_said_in_every_language(code: str) -> None:
    said = section(code=code)
    assert len([block for block in said.blocks if isinstance(block, Table)]) == 4
    assert said.title and all(table.notes for table in said.blocks if isinstance(table, Table))


def test_the_limits_say_which_scales_are_none() -> None:
    said = reliability_limit(released(), given.study(), SAY)
    assert said.endswith("(alpha under 0.60): Joy of reading.")
    good = Measures(reliabilities=MEASURES.reliabilities[:1])
    assert reliability_limit(released(good), given.study(), SAY) == SAY("report.limits.reliable")
    none = reliability_limit(given.released(), given.study(), SAY)
    assert none == SAY("report.limits.reliability")


# Covariates


def test_covariates_stand_under_the_outcomes_gaps() -> None:
    blocks = comparability.build(released(), given.study(), SAY).blocks
    assert rows(blocks, "covariates") == [("age", "−0.13", "0.96")]
    assert covariate_tables(released(Measures()), given.study(), SAY) == ()


def test_a_covariate_is_called_by_its_question_and_the_answer_that_counts() -> None:
    sex = Choices("sex", (Choice("F", given.texts("girl", "девочка", "қыз")),))
    fields = (
        Field(
            "age", Level.ROW, FieldType.INTEGER, Need.EXPECTED, given.texts("Age", "Возраст", "Жас")
        ),
        Field(
            "sex",
            Level.ROW,
            FieldType.CODE,
            Need.EXPECTED,
            given.texts("Sex", "Пол", "Ж"),
            choices=sex,
        ),
    )
    form = Instrument("form", 1, given.texts("f", "ф", "ф"), fields, Identity())
    plan = given.plan(covariates=(Covariate("age", "age"), Covariate("female", "sex", "F")))
    study = given.study(plan=plan, instruments={"form": form})
    assert covariate_label("female", study, Language("ru")) == "Пол: девочка"
    assert covariate_label("age", study, SAY) == "Age"
    assert covariate_label("baseline", study, SAY) == "score at the beginning"
    other = given.plan(covariates=(Covariate("height", "height"),))
    unknown = given.study(plan=other, instruments={"form": form})
    assert covariate_label("height", unknown, SAY) == "height"


# Distributions


def test_a_distribution_has_a_table_words_and_a_picture() -> None:
    blocks = results.build(released(), given.study(), SAY).blocks
    (figure,) = [b for b in blocks if isinstance(b, Figure) and b.id == "spread-reading"]
    heads = [column.title for column in figure.table.columns[1:]]
    assert heads == [
        "Pilot regions, spring",
        "Pilot regions, autumn",
        "Comparison regions, spring",
        "Comparison regions, autumn",
    ]
    shown = [(row.head, *row.cells) for row in figure.table.groups[0].rows]
    assert shown[0] == ("1.0 to <2.0", "6%", "6%", "15%", "15%")
    assert shown[-1][0] == "4.0 to 5.0" and len(shown) == 6
    assert "Pilot regions, spring: 1.0 to <2.0 6%" in figure.alternative
    assert "35%" in figure.svg and figure.svg.startswith("<svg")
    (again,) = spread_figures(released(), given.study(), SAY)
    assert again.svg == figure.svg


def test_a_distribution_of_an_outcome_that_is_not_reported_is_not_drawn() -> None:
    other = tuple(replace(spread, outcome="elsewhere") for spread in MEASURES.spreads)
    assert spread_figures(released(Measures(spreads=other)), given.study(), SAY) == ()


# Strength


def test_results_stand_in_other_units_and_beside_unseen_causes() -> None:
    blocks = sensitivity.build(released(), given.study(), SAY).blocks
    assert rows(blocks, "strength-sizes")[0] == (
        "Joy of reading",
        "+8 (+2 to +13)",
        "+0.39 (+0.12 to +0.67)",
        "+0.36 (+0.11 to +0.61)",
    )
    unseen = rows(blocks, "strength-unseen")
    left = "+0.25 (score at the beginning)"
    assert unseen[0] == ("Joy of reading", "16%", "6%", "2.19", "1.47", left)
    assert unseen[1] == ("Joy of telling", *["[x]"] * 5)  # nothing kept
    assert unseen[2][1:] == ("[x]",) * 5  # kept with a reason
    assert rows(blocks, "strength-margin")[0] == ("Joy of reading", "0.231", "not shown")
    assert "0.50 standard deviations" in table(blocks, "strength-margin").notes[0]


def test_a_hidden_result_has_marks_in_every_unit() -> None:
    blocks = strength_tables(released(n_pilot=9), given.study(), SAY)
    assert rows(blocks, "strength-sizes")[0][1:] == ("[c]",) * 3
    assert rows(blocks, "strength-unseen")[0][1:] == ("[c]",) * 5
    assert rows(blocks, "strength-margin")[0][1:] == ("[c]", "[c]")


def test_a_plan_without_a_margin_has_no_table_of_it() -> None:
    none = given.study(plan=given.plan(challenges=ChallengeRules(margin=None)))
    ids = [b.id for b in strength_tables(released(), none, SAY) if isinstance(b, Table)]
    assert ids == ["strength-sizes", "strength-unseen"]
    within = replace(MEASURES.robustness[0], equivalent=True)
    shown = strength_tables(released(Measures(robustness=(within,))), given.study(), SAY)
    assert rows(shown, "strength-margin")[0][2] == "within"


def test_a_run_that_kept_no_strength_has_no_tables_of_it() -> None:
    assert strength_tables(released(Measures()), given.study(), SAY) == ()
    assert strength_tables(given.released(), given.study(), SAY) == ()
