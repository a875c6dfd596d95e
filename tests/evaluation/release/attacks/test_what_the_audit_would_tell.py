"""How near a reader can come is the evaluator's to know: said in a report, it names the small.

Whoever solves for every number that is not shown, and is told how narrow the narrowest *secret* one
is, knows which of them is secret, and so that it is under the minimum.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.language import Language
from evaluation.release import Facts, ReleasedFacts, build_reports, protect
from evaluation.release.disclosure.seal import SEAL
from evaluation.release.manifest import manifest
from tests.evaluation.release import given
from tests.evaluation.release.attacks.reader import Reader
from tests.evaluation.release.attacks.test_a_year_of_reports import truth
from tests.evaluation.release.attacks.year import FORMS, comparisons
from tests.evaluation.release.disclosure.attacker import COLUMNS, INSIDE, MINIMUM, Shown
from tests.evaluation.release.test_manifest import EDITION


def shown_by(released: ReleasedFacts, names: list[str]) -> Shown:
    ledger = dict(released.ledger())
    shown: Shown = {}
    for name in names:
        step, _, column = name.partition("/")
        text = ledger[f"flow/{column}/{step}" if column else f"quality/{name}"]
        shown[name] = None if text.startswith("[") else int(text)
    return shown


@pytest.mark.parametrize(("seed", "true"), [(91, 8), (113, 8), (124, 9)])
def test_the_narrowest_interval_would_name_a_small_group_to_within_five(
    seed: int, true: int
) -> None:
    (found,) = comparisons(seed, 1)
    counts, study = truth(found), given.study()
    released = protect(Facts(found, study), study.disclosure)
    reader = Reader([counts], [shown_by(released, list(counts))])
    asked = [{name: 1} for name in counts]
    asked += [{f"{a}/{c}": 1, f"{b}/{c}": -1} for a, b in sorted(INSIDE) for c in COLUMNS]
    ends = [(weights, *reader.interval(reader.row(weights, 0))) for weights in asked]
    near = [(w, low, high) for w, low, high in ends if high - low == released.audit.narrowest]
    ((weights, low, high),) = near  # one number alone is so near, so it is the secret one
    assert high >= MINIMUM and sum(t * counts[name] for name, t in weights.items()) == true
    assert low <= true < MINIMUM and MINIMUM - 1 - low < 5  # told that it is, he has it


def test_so_no_file_of_a_report_depends_on_it() -> None:
    released = given.released()
    other = replace(
        released.audit, primary=released.audit.secondary, secondary=released.audit.primary,
        narrowest=77, told_before=5, seal=SEAL,
    )  # fmt: skip
    assert other.hidden == released.audit.hidden and other != released.audit
    told = replace(released, audit=other, seal=SEAL)
    study, say = given.study(), Language("en")
    for form in FORMS:
        files = [build_reports(each, study, say, forms=(form,)) for each in (released, told)]
        assert files[0] == files[1], form
    said = [manifest(EDITION, given.run(), each, (), kind="report") for each in (released, told)]
    assert said[0] == said[1]
