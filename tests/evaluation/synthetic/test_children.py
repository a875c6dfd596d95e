from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evaluation.design import Arm, Study
from evaluation.records.codes import is_child_code
from evaluation.synthetic.children import Block, draw_block, with_consent
from evaluation.synthetic.population import Population, populate
from evaluation.synthetic.rows import Rows
from evaluation.synthetic.truth import Truth


@pytest.fixture(scope="module")
def blocks(published: Study, truth: Truth) -> list[Block]:
    many = populate(published, truth, children=20_000, seed=5)
    return [draw_block(many, region, first=0, last=region.size) for region in many.regions]


def column(blocks: list[Block], wave: str, name: str) -> list[str]:
    return [text for block in blocks for text in getattr(block, wave).columns[name]]


def test_the_same_seed_draws_the_same_children(population: Population) -> None:
    region = population.regions[0]
    one, two = (draw_block(population, region, first=0, last=20) for _ in range(2))
    assert list(one.baseline.each()) == list(two.baseline.each())
    assert list(one.endline.each()) == list(two.endline.each())


def test_rows_have_every_column_in_the_order_of_the_questionnaire(
    blocks: list[Block], population: Population
) -> None:
    names = [f.name for f in population.instrument.row_fields]
    assert all(list(rows.columns) == names for b in blocks for rows in (b.baseline, b.endline))


def test_codes_are_valid_and_nobody_has_anybodys(blocks: list[Block]) -> None:
    codes = column(blocks, "baseline", "child_code")
    assert len(set(codes)) == len(codes) == 20_000
    assert all(is_child_code(code) for code in codes)


def test_the_end_of_the_year_has_only_children_of_the_beginning(blocks: list[Block]) -> None:
    for block in blocks:
        came = set(block.endline.columns["child_code"])
        assert came < set(block.baseline.columns["child_code"])


@pytest.mark.parametrize("name", ["sex", "age_band", "group", "site_code", "interview_language"])
def test_what_lasts_is_the_same_at_both_waves(name: str, blocks: list[Block]) -> None:
    for block in blocks[:2]:
        before = dict(zip(*_pair(block.baseline, name), strict=True))
        assert all(
            before[code] == text for code, text in zip(*_pair(block.endline, name), strict=True)
        )


def _pair(rows: Rows, name: str):
    return rows.columns["child_code"], rows.columns[name]


def test_children_are_lost_as_often_as_stated(blocks: list[Block], truth: Truth) -> None:
    for arm in (Arm.PILOT, Arm.COMPARISON):
        mine = [b for b in blocks if b.region.arm is arm]
        kept = sum(len(b.endline) for b in mine) / sum(len(b.baseline) for b in mine)
        assert 1 - kept == pytest.approx(truth.attrition[arm], abs=0.01)


SHARES = [("sex", "F", 0.49), ("interview_language", "xx", 0.03), ("consent_guardian", "1", 0.98)]


@pytest.mark.parametrize(("name", "code", "share"), SHARES)
def test_codes_come_as_often_as_stated(
    name: str, code: str, share: float, blocks: list[Block]
) -> None:
    drawn = column(blocks, "baseline", name)
    assert drawn.count(code) / len(drawn) == pytest.approx(share, abs=0.01)


def test_stories_are_told_only_in_pilot_regions_and_only_after_the_baseline(
    blocks: list[Block],
) -> None:
    for block in blocks:
        told = set(block.endline.columns["sessions_attended"]) != {""}
        assert told is (block.region.arm is Arm.PILOT)
        assert set(block.baseline.columns["sessions_attended"]) == {""}


def test_a_column_that_hangs_on_another_is_empty_elsewhere(blocks: list[Block]) -> None:
    for block in blocks[:2]:
        group, years = (block.baseline.columns[n] for n in ("group", "years_since_return"))
        assert np.array_equal(group == "1", years != "")


def test_consent_is_given_before_the_interview_and_interviews_on_working_days(
    blocks: list[Block],
) -> None:
    for block in blocks[:2]:
        asked = block.endline.columns["interview_date"].astype("datetime64[D]")
        signed = block.endline.columns["consent_date"].astype("datetime64[D]")
        assert (signed <= asked).all()
        assert ((asked - signed).astype(int) <= 20).all()
        assert np.is_busday(asked).all()


def test_without_consent_nobody_is_asked_anything(
    blocks: list[Block], population: Population
) -> None:
    instrument = population.instrument
    for block in blocks[:2]:
        asked = with_consent(instrument, block.baseline.columns)
        assert 0.9 < asked.mean() < 1
        for item in instrument.items:
            assert set(block.baseline.columns[item.name][~asked]) == {""}


def test_a_block_is_drawn_alone_as_well_as_after_others(population: Population) -> None:
    region = population.regions[3]
    draw_block(population, region, first=0, last=10)
    after = draw_block(population, region, first=10, last=20)
    alone = draw_block(population, region, first=10, last=20)
    assert list(after.baseline.each()) == list(alone.baseline.each())


def test_a_questionnaire_of_other_columns_is_filled_as_far_as_the_truth_knows_them(
    study: Study, truth: Truth
) -> None:
    small = populate(study, truth, children=30, seed=1)
    rows = draw_block(small, small.regions[0], first=0, last=30).baseline
    assert set(rows.columns["consent"]) == {"1"}
    assert set(rows.columns["clubs"]) == {""}
    assert set(rows.columns["sex"]) <= {"F", "M", "X"}


def test_a_questionnaire_that_knows_nobody_has_no_codes(study: Study, truth: Truth) -> None:
    pupil = study.instruments["pupil"]
    nameless = replace(pupil, identity=replace(pupil.identity, respondent=None))
    small = populate(replace(study, instruments={"pupil": nameless}), truth, children=30, seed=1)
    rows = draw_block(small, small.regions[0], first=0, last=30).baseline
    assert set(rows.columns["code"]) == {""}
