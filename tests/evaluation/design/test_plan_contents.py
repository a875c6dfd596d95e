"""What was changed since a plan was frozen, and which results it can have changed."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from evaluation.design import load_study
from evaluation.design.plan_contents import (
    Change,
    PlanChange,
    changes_of,
    plan_changes,
    plan_contents,
)

STUDY = Path(__file__).parents[2] / "study"
WELLBEING, BELONGING = "wellbeing", "belonging"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(STUDY, tmp_path / "study")


def edited(folder, old, new, file="plan.yaml"):
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return load_study(folder)


EDITS = [
    # what stands in the file, what is put there: what is said, whose results it touches
    ("version: 1", "version: 2", [], []),
    ("dated: 2022-10-03", "dated: 2022-12-30", [], []),
    ("alpha: 0.05", "alpha: 0.10", [("alpha", "", "changed")], [WELLBEING, BELONGING]),
    ("alpha: 0.05", "alpha: 0.05  # a note", [], []),
    ("power: 0.8", "power: 0.9", [("power", "", "changed")], []),
    ("en: A difference", "en: Another", [("estimand", "en", "changed")], []),
    (
        "  - {name: age, field: age}\n",
        "",
        [("covariates", "age", "removed")],
        [WELLBEING, BELONGING],
    ),
    (
        "dof_low: 4",
        "dof_low: 3",
        [("thresholds", "dof_low", "changed")],
        [WELLBEING, BELONGING],
    ),
    (
        "{id: belonging, scale: belonging, family: secondary, estimator: ancova}",
        "{id: belonging, scale: belonging, family: secondary, estimator: two_stage}",
        [("outcomes", "belonging", "changed")],
        [BELONGING],
    ),
    (
        "{id: belonging, scale: belonging, family: secondary, estimator: ancova}",
        "{id: belonging, scale: belonging, family: primary, estimator: ancova}",
        [("outcomes", "belonging", "changed")],
        [WELLBEING, BELONGING],  # Holm divides by the size of its family
    ),
    (
        "  - {id: wellbeing, scale: wellbeing, family: primary, estimator: ancova}\n",
        "",
        [("outcomes", "wellbeing", "removed")],
        [],
    ),
    (
        "secondary: fdr_bh",
        "secondary: none",
        [("families", "secondary", "changed")],
        [BELONGING],
    ),
    (
        "alpha: 0.05",
        "alpha: 0.05\nresampling: {draws: 999, seed: 1, by_site: false}",
        [(("resampling"), name, "added") for name in ("draws", "seed", "by_site")],
        [WELLBEING, BELONGING],
    ),
]


@pytest.mark.parametrize(("old", "new", "said", "touched"), EDITS, ids=lambda e: str(e)[:30])
def test_a_change_is_named_with_its_part_and_touches_its_own_results(
    folder, old, new, said, touched
):
    frozen = plan_contents(load_study(folder))
    study = edited(folder, old, new)
    now = plan_contents(study)
    assert [(c.part, c.name, str(c.change)) for c in plan_changes(frozen, now)] == said
    assert [o.id for o in study.plan.outcomes if changes_of(o, frozen, now)] == touched


def test_a_scale_that_is_turned_round_is_a_change_of_the_plan(folder):
    before = load_study(folder)
    study = edited(folder, "min_answered: 2", "min_answered: 1", "scales/belonging.yaml")
    assert study.plan.digest == before.plan.digest
    frozen, now = plan_contents(before), plan_contents(study)
    assert plan_changes(frozen, now) == (PlanChange("scales", "belonging", Change.CHANGED),)
    assert [o.id for o in study.plan.outcomes if changes_of(o, frozen, now)] == [BELONGING]


def test_a_region_that_moves_to_the_other_arm_is_a_change_without_its_name(folder):
    before = load_study(folder)
    frozen = plan_contents(before)
    rows = (folder / "region_roles.csv").read_text("utf-8").splitlines()
    (folder / "region_roles.csv").write_text("\n".join(rows[:-1]) + "\n", encoding="utf-8")
    study = load_study(folder)
    assert plan_changes(frozen, plan_contents(study)) == (PlanChange("roles", "", Change.CHANGED),)


def test_the_file_is_kept_word_for_word(folder):
    study = load_study(folder)
    kept = json.loads(plan_contents(study))["plan"]
    assert hashlib.sha256(kept.encode()).hexdigest() == study.plan.digest
    assert plan_contents(load_study(folder)) == plan_contents(study)
