"""What two files of a study must agree on. Each check names the file that has to change."""

from __future__ import annotations

from evaluation.design.places import Arm
from evaluation.design.questionnaires import Field, Instrument, Scale
from evaluation.design.study import Covariate, Plan, Study
from evaluation.errors import StudyError


def check_study(study: Study) -> None:
    _check_waves(study)
    for scale in study.scales.values():
        _check_scale(scale, study)
    if study.plan:
        _check_plan(study.plan, study)
    for instrument in study.instruments.values():
        _check_references(instrument, study)


def _check_waves(study: Study) -> None:
    ids = [wave.id for wave in study.waves]
    if not ids or len(set(ids)) < len(ids):
        raise StudyError("waves_wrong", file="study.yaml", key="waves")
    for wave in study.waves:
        if wave.start and wave.end and wave.end < wave.start:
            raise StudyError("ends_before_start", file="study.yaml", key=f"waves.{wave.id}")


def _check_references(instrument: Instrument, study: Study) -> None:
    known = [value.id for value in study.reference_values]
    if instrument.indicators and instrument.part is None:
        file = f"instruments/{instrument.id}.yaml"
        raise StudyError("missing_key", file=file, key="part")
    for indicator in instrument.indicators:
        if indicator.reference not in (None, *known):
            raise StudyError(
                "unknown_reference",
                file=f"instruments/{instrument.id}.yaml",
                key=f"indicators.{indicator.id}.reference",
                name=indicator.reference,
                known=", ".join(known),
            )


def _check_scale(scale: Scale, study: Study) -> None:
    file = f"scales/{scale.id}.yaml"
    if scale.instrument not in study.instruments:
        raise StudyError(
            "unknown_reference",
            file=file,
            key="instrument",
            name=scale.instrument,
            known=", ".join(study.instruments),
        )
    instrument = study.instruments[scale.instrument]
    items = {item.name: item for item in instrument.items}
    if unknown := [name for name in scale.items if name not in items]:
        raise StudyError(
            "unknown_reference",
            file=file,
            key="items",
            name=", ".join(unknown),
            known=f"instruments/{instrument.id}.yaml",
        )
    if len(set(scale.items)) < len(scale.items) or not scale.items:
        raise StudyError("name_twice", file=file, key="items", names=", ".join(scale.items))
    if outside := sorted(scale.reversed - set(scale.items)):
        raise StudyError("reversed_outside", file=file, key="reversed", names=", ".join(outside))
    if not 1 <= scale.min_answered <= len(scale.items):
        raise StudyError("not_between", file=file, key="min_answered", low=1, high=len(scale.items))
    for name in scale.items:
        _check_range(scale, items[name], file)


def _check_range(scale: Scale, item: Field, file: str) -> None:
    assert item.choices is not None
    valid = item.choices.valid_values
    if not valid or min(valid) != scale.low or max(valid) != scale.high:
        # A wrong end of the range would turn every reversed item wrongly, and silently.
        raise StudyError("range_differs", file=file, key="range", item=item.name)


def _plan_error(rule: str, key: str, **values: object) -> StudyError:
    return StudyError(rule, file="plan.yaml", key=key, **values)


def _check_plan(plan: Plan, study: Study) -> None:
    if plan.instrument not in study.instruments:
        raise _plan_error(
            "unknown_reference",
            "instrument",
            name=plan.instrument,
            known=", ".join(study.instruments),
        )
    _check_plan_waves(plan, study)
    _check_outcomes(plan, study)
    for number, covariate in enumerate(plan.covariates, start=1):
        _check_covariate(covariate, f"covariates[{number}]", study.instruments[plan.instrument])
    for arm in (Arm.PILOT, Arm.COMPARISON):
        if not any(role.arm is arm for role in study.roles):
            raise StudyError("arm_without_region", file="region_roles.csv", key="arm", arm=arm)


def _check_plan_waves(plan: Plan, study: Study) -> None:
    waves = {wave.id: wave for wave in study.waves}
    for key, wave in (("baseline_wave", plan.baseline_wave), ("endline_wave", plan.endline_wave)):
        if wave not in waves:
            raise _plan_error("unknown_reference", key, name=wave, known="study.yaml waves")
    if plan.baseline_wave == plan.endline_wave:
        raise _plan_error("waves_equal", "endline_wave")
    if waves[plan.baseline_wave].start is None:
        # Which arm a child is in goes by the region's role on that day.
        raise StudyError("missing_key", file="study.yaml", key=f"waves.{plan.baseline_wave}.start")


def _check_outcomes(plan: Plan, study: Study) -> None:
    if len({o.id for o in plan.outcomes}) < len(plan.outcomes) or not plan.outcomes:
        raise _plan_error("name_twice", "outcomes", names=", ".join(o.id for o in plan.outcomes))
    for outcome in plan.outcomes:
        if study.scales[outcome.scale].instrument != plan.instrument:
            raise _plan_error(
                "unknown_reference", "outcomes", name=outcome.scale, known=plan.instrument
            )


def _check_covariate(covariate: Covariate, key: str, instrument: Instrument) -> None:
    fields = {field.name: field for field in instrument.row_fields}
    if covariate.field not in fields:
        raise _plan_error(
            "unknown_reference",
            key,
            name=covariate.field,
            known=f"instruments/{instrument.id}.yaml",
        )
    field = fields[covariate.field]
    if covariate.equals is None and not field.numeric:
        raise _plan_error("covariate_not_numeric", key, name=field.name)
    if covariate.equals and field.choices and covariate.equals not in field.choices.codes:
        raise _plan_error(
            "unknown_reference",
            key,
            name=covariate.equals,
            known=", ".join(field.choices.codes),
        )
