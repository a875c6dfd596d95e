from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.design import Arm, Study
from evaluation.errors import SettingsError, StudyError
from evaluation.synthetic.population import Population, populate, sender_of, window
from evaluation.synthetic.truth import Truth


def test_children_are_shared_evenly_among_regions_with_an_arm_and_a_site(
    published: Study, truth: Truth
) -> None:
    regions = populate(published, truth, children=403, seed=1).regions
    assert sum(region.size for region in regions) == 403
    assert max(r.size for r in regions) - min(r.size for r in regions) <= 1
    assert {r.code for r in regions} == {role.region for role in published.roles}
    assert all(r.arm is not Arm.OTHER and len(r.sites) for r in regions)


def test_a_region_that_split_off_later_was_asked_by_the_old_one(population: Population) -> None:
    study, plan = population.study, population.plan
    assert sender_of("10", study, population.baseline, plan) == "63"
    assert sender_of("10", study, population.endline, plan) == "10"
    assert sender_of("27", study, population.baseline, plan) == "27"


def test_fieldwork_lies_inside_its_wave(population: Population) -> None:
    for wave in (population.baseline, population.endline):
        opens, closes = window(wave, population.plan)
        for region in population.regions:
            start, end = population.fieldwork(region.code, wave)
            assert opens <= start < end <= closes


def test_a_wave_without_dates_lies_after_the_plan(published: Study) -> None:
    assert published.plan is not None
    start, end = window(replace(published.waves[0], start=None, end=None), published.plan)
    assert start == published.plan.dated
    assert (end - start).days == 42


def test_a_questionnaire_without_sites_makes_every_region_one(study: Study, truth: Truth) -> None:
    regions = populate(study, truth, children=60, seed=1).regions
    assert [region.sites for region in regions] == [("",)] * len(regions)


def test_a_study_without_plan_is_refused(published: Study, truth: Truth) -> None:
    with pytest.raises(StudyError, match="no_plan"):
        populate(replace(published, plan=None), truth, children=10, seed=1)


def test_a_study_without_roles_is_refused(published: Study, truth: Truth) -> None:
    with pytest.raises(SettingsError, match="study_without_regions"):
        populate(replace(published, roles=()), truth, children=10, seed=1)


def test_a_region_keeps_its_children_when_another_joins_the_study(
    published: Study, truth: Truth
) -> None:
    """Randomness goes by the region's name, not by its place in a list."""
    fewer = replace(published, roles=published.roles[1:])
    everybody = populate(published, truth, children=400, seed=1)
    some = populate(fewer, truth, children=400, seed=1)
    wave = everybody.endline
    assert everybody.fieldwork("31", wave) == some.fieldwork("31", wave)
