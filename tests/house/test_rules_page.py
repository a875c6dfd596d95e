"""docs/rules.md is what the code, the suites and the catalogues say today."""

from evaluation.language import catalogue
from tests.house.rules_page import PAGE, declared, faults, page

WRITTEN = PAGE.read_text("utf-8")


def test_the_page_is_up_to_date():
    assert page() == WRITTEN, "python -m tests.house.rules_page"


def test_every_rule_is_on_the_page_with_its_place():
    said = {key.split(".")[1] for key in catalogue("en").texts if key.startswith("rule.")}
    assert declared().keys() == said
    assert all(f"\n## {rule}\n" in WRITTEN for rule in said)


def test_every_rule_says_what_it_asks_and_does():
    unsure = [rule for rule, places in declared().items() if not any(e for e, _, _ in places)]
    assert unsure == []


def test_no_fault_is_told_by_a_rule_that_there_is_not():
    assert faults().keys() <= declared().keys()
