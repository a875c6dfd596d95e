"""Children and rows that are counted: what leaves, what is hidden, and what an attacker gets."""

from __future__ import annotations

import random

import pytest

from evaluation.records.estimates import ArmFlow, BatchQuality, ParticipantFlow
from evaluation.release.disclosure import Mark, ReleasedNumber
from evaluation.release.disclosure.cells import Cell
from evaluation.release.disclosure.counts import lone_count, protect_counts
from tests.evaluation.release import given
from tests.evaluation.release.disclosure.attacker import (
    BASE,
    MINIMUM,
    ROWS,
    Shown,
    pinned,
    secrets,
    true_counts,
)


def released(flow: ParticipantFlow, quality: BatchQuality) -> Shown:
    protected = protect_counts(flow, quality, minimum=MINIMUM, base=BASE)
    return {name: plain(protected.cell(name)) for name in true_counts(flow, quality)}


def rounded_only(flow: ParticipantFlow, quality: BatchQuality) -> Shown:
    """What many reports do: hide the small cells, round the others, look no further."""
    true = true_counts(flow, quality)
    return {k: None if n < MINIMUM else int(n / BASE + 0.5) * BASE for k, n in true.items()}


def plain(cell: Cell) -> int | None:
    return int(cell.value) if isinstance(cell, ReleasedNumber) else None


def random_case(seed: int) -> tuple[ParticipantFlow, BatchQuality]:
    """Two arms of 0 to 220 children with losses that are often tiny, as in the real pilot."""
    draw = random.Random(seed)

    def way(name: str) -> ArmFlow:
        eligible = draw.choice([draw.randint(0, 40), draw.randint(100, 220)])
        steps = [eligible]
        for _ in range(4):
            steps.append(max(0, steps[-1] - draw.choice([0, 0, 1, 3, 8, 12, 25])))
        eligible, approached, baseline, both, analysed = steps
        endline = both + draw.choice([0, 2, 11])
        return given.arm(name, eligible, approached, baseline, endline, both, analysed)

    flow = given.flow(way("pilot"), way("comparison"))
    answers = sum(arm.baseline + arm.endline for arm in flow.arms)
    accepted = answers + draw.choice([0, 0, 1, 15])
    held, without = draw.choice([0, 2, 30]), draw.choice([0, 1, 12])
    rows = accepted + held + without
    quality = given.quality(rows=rows, accepted=accepted, held=held, without_consent=without)
    return flow, quality


def test_far_from_any_small_group_everything_is_shown_rounded() -> None:
    flow = given.flow(
        given.arm("pilot", 236, 220, 204, 193, 181, 166),
        given.arm("comparison", 231, 214, 198, 188, 176, 161),
    )
    answers = 204 + 198 + 193 + 188
    quality = given.quality(rows=answers + 66, accepted=answers + 20, held=30, without_consent=16)
    assert None not in released(flow, quality).values()


@pytest.mark.parametrize("seed", range(30))
def test_no_small_group_can_be_worked_out(seed: int) -> None:
    flow, quality = random_case(seed)
    true = true_counts(flow, quality)
    assert pinned(released(flow, quality), true) == []


def test_the_same_attack_succeeds_on_a_report_that_only_hides_small_cells() -> None:
    broken = 0
    for seed in range(30):
        flow, quality = random_case(seed)
        broken += bool(pinned(rounded_only(flow, quality), true_counts(flow, quality)))
    assert broken >= 25


PLANTED = {
    "three children lost between the waves": (
        given.arm("pilot", 236, 220, 150, 160, 147, 130),
        {"baseline/pilot": 1, "both/pilot": -1},
    ),
    "two answered but could not be scored": (
        given.arm("pilot", 236, 220, 204, 193, 181, 179),
        {"both/pilot": 1, "analysed/pilot": -1},
    ),
    "everybody who was invited took part": (
        given.arm("pilot", 236, 204, 204, 193, 181, 166),
        {"approached/pilot": 1, "baseline/pilot": -1},
    ),
    "one eligible child was not invited": (
        given.arm("pilot", 221, 220, 204, 193, 181, 166),
        {"eligible/pilot": 1, "approached/pilot": -1},
    ),
    "a small arm": (
        given.arm("pilot", 30, 25, 20, 8, 7, 6),
        {"analysed/pilot": 1},
    ),
}


@pytest.mark.parametrize(("pilot", "secret"), PLANTED.values(), ids=PLANTED.keys())
def test_planted_small_groups_stay_hidden(pilot: ArmFlow, secret: dict[str, int]) -> None:
    flow = given.flow(pilot, given.COMPARISON)
    quality = given.quality(rows=900, accepted=860, held=28, without_consent=12)
    true = true_counts(flow, quality)
    assert secret in secrets(true)
    assert pinned(rounded_only(flow, quality), true)
    assert pinned(released(flow, quality), true) == []


def test_a_single_withdrawn_child_does_not_show_as_missing_rows() -> None:
    answers = sum(arm.baseline + arm.endline for arm in given.flow().arms)
    quality = given.quality(
        rows=answers + 2 + 40, accepted=answers + 2, held=28, without_consent=12
    )
    true = true_counts(given.flow(), quality)
    withdrawn = {"accepted": 1, "baseline/total": -1, "endline/total": -1}
    assert withdrawn in pinned(rounded_only(given.flow(), quality), true)
    assert pinned(released(given.flow(), quality), true) == []


def test_a_small_arm_hides_its_complement() -> None:
    flow = given.flow(given.arm("pilot", 100, 80, 60, 40, 20, 9), given.COMPARISON)
    shown = released(flow, given.quality())
    assert (shown["analysed/pilot"], shown["analysed/comparison"]) == (None, None)


def test_the_analysed_children_are_hidden_last() -> None:
    flow = given.flow(
        given.arm("pilot", 236, 220, 204, 193, 173, 171),
        given.arm("comparison", 231, 214, 198, 188, 168, 166),
    )
    shown = released(flow, given.quality(rows=900, accepted=860, held=28, without_consent=12))
    assert (shown["analysed/pilot"], shown["analysed/comparison"]) == (170, 165)
    assert None in (shown["both/pilot"], shown["both/comparison"], shown["both/total"])


def test_steps_that_nobody_declared_are_not_available() -> None:
    flow = given.flow(given.arm("pilot", None, None, 204, 193, 181, 166), given.COMPARISON)
    protected = protect_counts(flow, given.quality(), minimum=MINIMUM, base=BASE)
    names = ("eligible/pilot", "eligible/total", "approached/total")
    assert [protected.cell(name) for name in names] == [Mark.NOT_AVAILABLE] * 3
    assert plain(protected.cell("baseline/total")) == 400


def test_declared_nonsense_is_not_taken_for_a_rule() -> None:
    """More children answered than were invited: the relation is left out, nothing breaks."""
    flow = given.flow(given.arm("pilot", 236, 100, 204, 193, 181, 166), given.COMPARISON)
    protected = protect_counts(flow, given.quality(), minimum=MINIMUM, base=BASE)
    assert {"approached/pilot": 1, "baseline/pilot": -1} not in protected.linked.differences


def test_a_comparison_without_arms_has_rows_only() -> None:
    protected = protect_counts(
        ParticipantFlow((), moved=0, unassigned=0), given.quality(), minimum=MINIMUM, base=BASE
    )
    assert set(protected.linked.counts) == set(ROWS)


@pytest.mark.parametrize(
    ("count", "of", "shown"),
    [
        (0, None, None),
        (9, None, None),
        (10, None, 10),
        (94, None, 95),
        (30, 36, None),
        (30, 40, 30),
    ],
)
def test_a_lone_count_and_its_rest_need_the_minimum(
    count: int, of: int | None, shown: int | None
) -> None:
    assert plain(lone_count(count, minimum=MINIMUM, base=BASE, of=of)) == shown
