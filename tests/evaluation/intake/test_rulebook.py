"""Which rules the codebook names beside a variable."""

from pathlib import Path

import pytest
import yaml

from evaluation.design import load_study
from evaluation.intake.rulebook import rules_by_field
from evaluation.settings import CHECKOUT
from tests.evaluation.intake.given import TESTS

SHIPPED = CHECKOUT / "expectations"
SMALL = {
    "region": ("card_missing", "card_unreadable", "card_differs"),
    "forms_declared": ("card_unreadable", "card_differs"),
    "code": ("missing_answer", "wrong_form", "duplicate_respondent"),
    "sex": ("missing_answer", "not_in_list"),
    "age": ("out_of_range",),
    "clubs": ("not_in_list",),
    "asked_on": (),
}


@pytest.mark.parametrize("name", SMALL)
def test_a_variable_is_asked_what_it_declares(name):
    pupil = load_study(TESTS / "study").instruments["pupil"]
    assert rules_by_field(pupil, Path("no/such/folder"))[name] == SMALL[name]


def test_every_rule_of_the_suite_stands_at_the_variable_it_points_at():
    instrument = load_study(CHECKOUT / "evaluation/study").instruments["child_questionnaire"]
    rules = rules_by_field(instrument, SHIPPED)
    written = yaml.safe_load((SHIPPED / "child_questionnaire.yaml").read_text("utf-8"))
    assert written
    for entry in written:
        assert entry["meta"]["rule"] in rules[entry["meta"]["field"]]
    assert list(rules) == [field.name for field in instrument.fields]
    assert all(len(set(named)) == len(named) for named in rules.values())
