"""Three invented years that end differently: a clear effect, none to be seen, too few regions.

`python -m tests.example_years FOLDER` writes their reports in every language and format, to be
looked at side by side: the layout must be one, whatever the answer (domain.md, R75).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from evaluation.analysis import compare, evidence_of, item_quality, measures_of
from evaluation.design import Study, load_study
from evaluation.language import Language, languages
from evaluation.records.estimates import BatchQuality, Comparison, Run
from evaluation.release import FORMS, Facts, ReleasedFacts, build_reports, protect, publish_report
from evaluation.settings import CHECKOUT
from evaluation.synthetic import load_truth, responses_of

SHIPPED = CHECKOUT / "evaluation" / "study"
CHILDREN, SEED = 480, 3
PILOT_REGIONS_KEPT = 2
YEARS = {"clear": 0.9, "nothing": 0.0, "too_few": 0.9}
"""Points of the score that every scale of the plan gains in pilot regions."""


def example_year(name: str, folder: Path) -> tuple[Study, ReleasedFacts]:
    """The study of that year, made in `folder`, and what may be told of it."""
    study = _study(name, folder)
    plan = study.plan
    assert plan is not None
    effects = {outcome.scale: YEARS[name] for outcome in plan.outcomes if YEARS[name]}
    truth = replace(
        load_truth(), effects=effects, attrition=dict.fromkeys(("pilot", "comparison"), 0.03)
    )
    responses = responses_of(study, truth, CHILDREN, SEED)
    estimates, flow = compare(responses=responses, tallies=(), study=study)
    seen = item_quality(responses, study.instruments[plan.instrument])
    quality = BatchQuality(
        batches=2 * len(study.regions),
        refused=0,
        rows=len(responses),
        accepted=len(responses),
        held=0,
        without_consent=0,
        item_answers=seen.answers,
        item_missing=seen.missing,
        findings=(),
    )
    facts = Facts(
        Comparison(_run(name, study), estimates, flow, quality),
        study,
        evidence=evidence_of(responses, study),
        measures=measures_of(responses, study),
    )
    return study, protect(facts, study.disclosure)


def _study(name: str, folder: Path) -> Study:
    """The shipped study; with too few regions, most pilot regions take no part."""
    made = folder / "study"
    shutil.copytree(SHIPPED, made)
    if name == "too_few":
        roles = made / "region_roles.csv"
        header, *lines = roles.read_text("utf-8").splitlines()
        pilot = [line for line in lines if ",pilot," in line]
        kept = [line for line in lines if line not in pilot[PILOT_REGIONS_KEPT:]]
        roles.write_text("\n".join([header, *kept, ""]), "utf-8")
    return load_study(made)


def _run(name: str, study: Study) -> Run:
    assert study.plan is not None
    return Run(
        id=f"example-{name}",
        as_of=datetime(2022, 12, 30, tzinfo=UTC),
        started_at=datetime(2022, 12, 30, tzinfo=UTC),
        code_version="0",
        plan_digest=study.plan.digest,
        plan_dated=study.plan.dated,
        study_digest=study.digest,
        data_digest="0" * 64,
        batches=("0" * 64,),
        versions=(),
        synthetic=True,
    )


def main(target: Path) -> None:
    for name in YEARS:
        with tempfile.TemporaryDirectory() as folder:
            study, released = example_year(name, Path(folder))
            for code in languages():
                forms = tuple(FORMS)
                reports = build_reports(released, study, Language(code), forms=forms)
                for form, report in zip(forms, reports, strict=True):
                    publish_report(
                        report, folder=target / name, language=code, form=form, kind="year_end"
                    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
