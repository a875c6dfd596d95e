"""Every rule of this room can be said in every language, and the room opens without weight."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import evaluation.analysis
from evaluation.analysis import doubts
from evaluation.language import Language, languages
from tests.evaluation.analysis.test_evidence import CAUTIOUS, REFUSED
from tests.evaluation.analysis.test_tidy import REFUSED as REFUSED_TABLES

ROOM = Path(evaluation.analysis.__file__).parent
RAISED = {
    rule
    for path in ROOM.rglob("*.py")
    for rule in re.findall(r'EstimationError\("(\w+)"', path.read_text())
}
MODELLING = {
    rule
    for path in (ROOM / "inference").glob("*.py")
    for rule in re.findall(r'EstimationError\("(\w+)"', path.read_text())
}


@pytest.mark.parametrize("code", languages())
def test_every_rule_has_its_sentence(code):
    say = Language(code)
    assert {
        rule for rule in REFUSED | dict.fromkeys(MODELLING) if not say.knows(f"reason.{rule}")
    } == set()
    assert {rule for rule in CAUTIOUS if not say.knows(f"caution.{rule}")} == set()
    assert {
        rule
        for rule in RAISED | {rule for rule, _ in REFUSED_TABLES.values()}
        if not say.knows(f"error.{rule}")
    } == set()
    assert say.knows("study.no_plan") and say.knows("study.unknown_reference")


@pytest.mark.parametrize("code", languages())
def test_a_reason_and_a_caution_need_nothing_filled_in(code):
    say = Language(code)
    for rule in REFUSED:
        assert say(f"reason.{rule}").endswith(".")
    for rule in CAUTIOUS:
        assert say(f"caution.{rule}").endswith(".")


def test_the_tables_of_examples_hold_every_rule_that_the_room_knows():
    written = set(re.findall(r'"(\w+)"', Path(doubts.__file__).read_text()))
    thresholds = {"gap_refuse", "dof_refuse", "dof_low", "gap_adjust"}
    thresholds |= {"attrition_overall", "attrition_differential"}
    assert written - thresholds <= set(REFUSED) | set(CAUTIOUS)


def test_the_room_opens_without_pandas_scipy_or_statsmodels():
    code = "import sys, evaluation.analysis; print(sorted(sys.modules))"
    opened = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    for heavy in ("numpy", "pandas", "scipy", "statsmodels"):
        assert f"'{heavy}'" not in opened.stdout


def test_the_room_offers_what_it_says_and_nothing_else():
    for name in evaluation.analysis.__all__:
        assert getattr(evaluation.analysis, name) is not None
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = evaluation.analysis.no_such_thing
