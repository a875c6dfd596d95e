"""What was tried, where and when: numbers of regions and sites, no names."""

from __future__ import annotations

from evaluation.design import Arm, Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts


def tried(
    facts: ReleasedFacts, study: Study, say: Language, *, key: str = "report.glance.tried"
) -> str:
    """`key`: the sentence, which may look back or not yet."""
    assert study.plan is not None
    regions = {arm.arm: arm.regions for arm in facts.flow.arms}
    waves = (study.plan.baseline_wave, study.plan.endline_wave)
    first, last = (_wave(study, wave, say) for wave in waves)
    return say(
        key,
        title=say.text(study.title),
        pilot=_place(Arm.PILOT, regions.get(Arm.PILOT, 0), study, say),
        comparison=_place(Arm.COMPARISON, regions.get(Arm.COMPARISON, 0), study, say),
        first=first,
        last=last,
    )


def _place(arm: Arm, regions: int, study: Study, say: Language) -> str:
    roles = {role.region for role in study.roles if role.arm is arm}
    sites = sum(site.region in roles for site in study.sites.values())
    where = say("report.regions", n=regions)
    return (
        say("report.place", regions=where, sites=say("report.sites", n=sites)) if sites else where
    )


def _wave(study: Study, number: int, say: Language) -> str:
    wave = study.wave(number)
    name = say.text(wave.name)
    if wave.start is None or wave.end is None:
        return name
    return say("report.wave", name=name, start=wave.start, end=wave.end)
