from __future__ import annotations

import pytest

from evaluation.language import Language
from evaluation.release.disclosure import Mark, ReleasedFacts
from evaluation.release.report.light_block import light_block
from evaluation.release.report.quality_light import Level, light, measures
from tests.evaluation.release import given


def facts(*, analysed: int = 171, missing: int = 500, held: int = 20) -> ReleasedFacts:
    flow = given.flow(
        given.arm("pilot", 236, 220, 204, 193, 183, analysed),
        given.arm("comparison", 231, 214, 198, 188, 176, 166),
    )
    quality = given.quality(
        item_answers=10_000 - missing,
        item_missing=missing,
        rows=800 + held + 16,
        accepted=800,
        held=held,
        without_consent=16,
    )
    return given.released(given.comparison(participants=flow, batches=quality))


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, Level.GOOD),
        ({"analysed": 130}, Level.FAIR),
        ({"analysed": 60}, Level.POOR),
        ({"missing": 900}, Level.FAIR),
        ({"missing": 2_000}, Level.POOR),
        ({"held": 100}, Level.FAIR),
        ({"held": 400}, Level.POOR),
        ({"held": 400, "missing": 900}, Level.POOR),
    ],
)
def test_the_light_is_as_bad_as_the_worst_measure(changes: dict[str, int], level: Level) -> None:
    assert light(measures(facts(**changes))) is level


def test_it_speaks_of_printed_numbers_only() -> None:
    """Of 371 analysed and 402 at the start, a reader sees 335 and 400."""
    kept = measures(facts())[0]
    assert kept.share == pytest.approx(335 / 400)


def test_a_part_never_looks_larger_than_its_whole() -> None:
    flow = given.flow(
        given.arm("pilot", 90, 80, 62, 62, 62, 62), given.arm("comparison", *[63] * 6)
    )
    released = given.released(given.comparison(participants=flow))
    assert all(m.share is None or m.share <= 1 for m in measures(released))


def test_where_everything_is_hidden_it_says_so() -> None:
    few = given.flow(
        given.arm("pilot", 9, 9, 4, 3, 2, 1), given.arm("comparison", 8, 7, 5, 4, 3, 2)
    )
    quality = given.quality(rows=9, accepted=5, held=2, without_consent=2, item_missing=2)
    released = given.released(given.comparison(participants=few, batches=quality))
    assert released.quality.answered is Mark.CONFIDENTIAL
    block = light_block(released, Language("en"))
    assert block.level == Level.UNKNOWN
    assert block.reasons == (Language("en")("report.light.nothing"),)


def test_lost_children_make_it_poor_even_where_the_total_looks_good() -> None:
    """What the totals cannot show: that one group lost more than the other."""
    outcomes = (given.estimate(cautions=("attrition",)), given.unclear())
    released = given.released(given.comparison(*outcomes))
    assert light(measures(released)) is Level.POOR
    block = light_block(released, Language("en"))
    assert block.reasons[-1] == Language("en")("report.light.attrition")
