"""What a reader of a report can work out, by another program than the audit inside the gate.

It knows the shown cells only, and solves in whole numbers (scipy's MILP) instead of a linear
programme.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from evaluation.records.estimates import BatchQuality, ParticipantFlow
from evaluation.release.disclosure import Step

MINIMUM, BASE = 10, 5
COLUMNS = ("pilot", "comparison", "total")
INSIDE = {
    ("eligible", "approached"),
    ("approached", "baseline"),
    ("baseline", "both"),
    ("endline", "both"),
    ("both", "analysed"),
    ("eligible", "baseline"),
    ("eligible", "both"),
    ("approached", "both"),
    ("eligible", "analysed"),
    ("approached", "analysed"),
    ("baseline", "analysed"),
    ("endline", "analysed"),
}
ROWS = ("rows", "accepted", "held", "without_consent")

Shown = dict[str, int | None]
"""What stands in the report: a number, or None for [c]."""


def true_counts(flow: ParticipantFlow, quality: BatchQuality) -> dict[str, int]:
    arms: list[dict[str, int]] = [{str(s): getattr(arm, s) for s in Step} for arm in flow.arms]
    counts = {
        f"{step}/{arm.arm}": n[step]
        for arm, n in zip(flow.arms, arms, strict=True)
        for step in Step
    }
    counts |= {f"{step}/total": sum(n[step] for n in arms) for step in Step}
    return counts | {name: getattr(quality, name) for name in ROWS}


def secrets(true: dict[str, int]) -> list[dict[str, int]]:
    cells = [{name: 1} for name in true]
    lost = [{f"{a}/{c}": 1, f"{b}/{c}": -1} for a, b in INSIDE for c in COLUMNS]
    elsewhere = {"accepted": 1, "baseline/total": -1, "endline/total": -1}
    every = [*cells, *lost, elsewhere]
    return [w for w in every if 0 <= sum(t * true[k] for k, t in w.items()) < MINIMUM]


def attack(shown: Shown, weights: dict[str, int], *, elsewhere: bool) -> tuple[float, float]:
    """The least and the most that `weights` can be; `elsewhere`: rows beyond the flow may be."""
    names = list(shown)

    def row(parts: dict[str, int]) -> list[float]:
        return [parts.get(name, 0) for name in names]

    equal = [row({f"{s}/total": 1, f"{s}/pilot": -1, f"{s}/comparison": -1}) for s in Step] + [
        row({"rows": 1, "accepted": -1, "held": -1, "without_consent": -1})
    ]
    more = [row({f"{a}/{c}": 1, f"{b}/{c}": -1}) for a, b in INSIDE for c in COLUMNS]
    if elsewhere:
        more.append(row({"accepted": 1, "baseline/total": -1, "endline/total": -1}))
    low = [0 if n is None else max(MINIMUM, n - 2) for n in shown.values()]
    high = [1e5 if n is None else n + 2 for n in shown.values()]
    rules = [LinearConstraint(equal, 0, 0), LinearConstraint(more, 0, np.inf)]
    ends = []
    for sign in (1, -1):
        found = milp(
            sign * np.array(row(weights)),
            constraints=rules,
            bounds=Bounds(low, high),
            integrality=np.ones(len(names)),
        )
        assert found.success, found.message
        ends.append(sign * found.fun)
    return round(ends[0]), round(ends[1])


def pinned(shown: Shown, true: dict[str, int]) -> list[dict[str, int]]:
    """Secrets that the attacker can call small, or name to within five."""
    elsewhere = true["accepted"] >= true["baseline/total"] + true["endline/total"]
    ranges = [(w, attack(shown, w, elsewhere=elsewhere)) for w in secrets(true)]
    return [w for w, (low, high) in ranges if high < MINIMUM or high - low < 5]
