"""The gate in finds, in the committed examples, what was planted there, and lets the rest pass."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from evaluation.design import Study
from evaluation.intake import Intake, check
from evaluation.records.batches import LIVE, Card, Status
from evaluation.settings import CHECKOUT

# Great Expectations imports a module of the standard library that is going away.
pytestmark = pytest.mark.filterwarnings("ignore:module 'sre_:DeprecationWarning")

EXAMPLES = CHECKOUT / "examples"


def table(name: str) -> list[dict[str, str]]:
    with (EXAMPLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PLANTED = table("faults.csv")
SENT = table("deliveries.csv")


@pytest.fixture(scope="module")
def checked(published: Study) -> dict[str, Intake]:
    return {row["file"]: _check(row, published) for row in SENT}


def _check(said: dict[str, str], study: Study) -> Intake:
    place = ("file", "instrument", "region", "wave")
    return check(
        Path(EXAMPLES / said["file"]).read_bytes(),
        study=study,
        instrument=said["instrument"],
        region=said["region"] or None,  # rows of a dataset say theirs
        wave=int(said["wave"]),
        declared=Card(tuple((n, text) for n, text in said.items() if text and n not in place)),
        expectations=CHECKOUT / "expectations",
        already_stored=lambda respondents, wave: frozenset(),
    )


def test_only_the_first_attempts_are_refused(checked: dict[str, Intake]) -> None:
    refused = {row["file"] for row in PLANTED if row["effect"] == "refuse"}
    assert {name for name, found in checked.items() if found.status is Status.REFUSED} == refused
    assert all(f.status in LIVE for name, f in checked.items() if name not in refused)


@pytest.mark.parametrize("fault", [row for row in PLANTED if row["effect"] != "note"])
def test_a_planted_fault_is_found_where_it_is(
    fault: dict[str, str], checked: dict[str, Intake]
) -> None:
    found = [f for f in checked[fault["file"]].findings if f.effect == fault["effect"]]
    assert found
    if fault["row"]:
        assert int(fault["row"]) in {finding.row for finding in found}


def test_nothing_is_held_that_was_not_planted(checked: dict[str, Intake]) -> None:
    """The last row of a file may stand in for the one that it repeats."""
    for name, intake in checked.items():
        planted = {r["row"] for r in PLANTED if r["file"] == name and r["effect"] == "hold"}
        if intake.status is not Status.REFUSED:
            assert intake.tally.held == len(planted), name


def test_a_region_of_the_reform_is_stored_under_the_map_of_today(
    checked: dict[str, Intake],
) -> None:
    files = [intake for name, intake in checked.items() if name.startswith("region_63_wave_0")]
    assert {intake.region for intake in files} == {"63"}
    assert sorted(tuple(set(intake.accepted["region"])) for intake in files) == [("10",), ("63",)]
