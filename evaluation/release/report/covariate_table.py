"""Whether the children of both arms were alike in what the plan takes into account (TREND 15)."""

from __future__ import annotations

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.blocks import Align, Column, Group, Row, Table
from evaluation.release.report.cell_text import show


def covariate_tables(facts: ReleasedFacts, study: Study, say: Language) -> tuple[Table, ...]:
    """One, or none where the plan has no covariates or the run kept nothing of them."""
    assert study.plan is not None
    lines = facts.measures.covariate_gaps if facts.measures else ()
    named = {covariate.name for covariate in study.plan.covariates}
    rows = tuple(
        Row(
            covariate_label(line.key[0], study, say),
            (show(line.number("gap"), say, signed=True), show(line.number("variance_ratio"), say)),
        )
        for line in lines
        if line.key[0] in named
    )
    if not rows:
        return ()
    table = Table(
        id="covariates",
        caption=say("report.covariates.caption"),
        columns=(
            Column(say("report.column.feature"), Align.TEXT),
            Column(say("report.column.gap")),
            Column(say("report.column.variance_ratio")),
        ),
        groups=(Group("", rows),),
        notes=(say("report.covariates.note"),),
    )
    return (table,)


def covariate_label(name: str, study: Study, say: Language) -> str:
    """The questionnaire's own words: the question, and the answer that counts as one. What is no
    covariate of the plan is the baseline score."""
    assert study.plan is not None
    covariate = next((each for each in study.plan.covariates if each.name == name), None)
    if covariate is None:
        return say("report.covariates.baseline")
    instrument = study.instruments.get(study.plan.instrument)
    if instrument is None or not instrument.has(covariate.field):
        return name
    field = instrument.field(covariate.field)
    choices = field.choices.choices if field.choices else ()
    question = say.text(field.header)
    answer = next((say.text(c.label) for c in choices if c.code == covariate.equals), None)
    if answer is None:
        return question
    return say("report.covariates.label", question=question, answer=answer)
