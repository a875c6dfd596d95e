"""What a frozen plan holds, and what was changed since, line by line.

Beside plan.yaml the meaning of its scales and the roles of the regions are frozen: who turns an
item round, or moves a region to the other arm, has changed the analysis without touching the plan.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import yaml

from evaluation.design.questionnaires import Scale
from evaluation.design.study import Outcome, Study

FORMALITIES = frozenset({"version", "dated"})
"""They say that the plan changed, not what."""

OF_EVERY_RESULT = frozenset(
    {
        *("instrument", "baseline_wave", "endline_wave", "covariates"),
        *("alpha", "thresholds", "verdict", "resampling", "roles"),
    }
)
"""Parts that enter every estimate or its verdict."""

Entries = Mapping[tuple[str, str], object]


class Change(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class PlanChange:
    """`part`: the key of plan.yaml, or `scales`, `roles`; `name`: which of them, "" where one."""

    part: str
    name: str
    change: Change


def plan_contents(study: Study) -> str:
    """All that a freeze keeps, as one text: the file of the plan word for word, and its meaning."""
    plan = study.plan
    assert plan is not None, "a study without a plan freezes nothing"
    roles = sorted(
        (role.region, str(role.arm), str(role.start), str(role.end or "")) for role in study.roles
    )
    said = {
        "plan": plan.text,
        "scales": {scale.id: _meaning(scale) for scale in study.scales.values()},
        "roles": roles,
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def plan_changes(frozen: str, now: str) -> tuple[PlanChange, ...]:
    """What differs between two `plan_contents`; nothing where only notes and layout do."""
    before, after = _entries(frozen), _entries(now)
    changes = []
    for part, name in dict.fromkeys((*before, *after)):
        there = (part, name) in before, (part, name) in after
        if all(there) and before[part, name] == after[part, name]:
            continue
        changes.append(PlanChange(part, name, _kind(*there)))
    return tuple(changes)


def changes_of(outcome: Outcome, frozen: str, now: str) -> tuple[PlanChange, ...]:
    """Those of the changes that this outcome's numbers or their adjustment can depend on."""
    families = _families(_entries(frozen), _entries(now))
    return tuple(
        each
        for each in plan_changes(frozen, now)
        if each.part in OF_EVERY_RESULT
        or (each.part, each.name) in {("scales", outcome.scale), ("families", outcome.family)}
        or (each.part == "outcomes" and outcome.family in families[each.name])
    )


def _kind(before: bool, after: bool) -> Change:
    if before and after:
        return Change.CHANGED
    return Change.REMOVED if before else Change.ADDED


def _entries(contents: str) -> Entries:
    said = json.loads(contents)
    plan = yaml.safe_load(said["plan"]) or {}
    entries: dict[tuple[str, str], object] = {}
    for part, value in plan.items():
        if part not in FORMALITIES:
            entries |= {(part, name): each for name, each in _named(value)}
    entries |= {("scales", name): meaning for name, meaning in said["scales"].items()}
    return entries | {("roles", ""): said["roles"]}


def _named(value: object) -> Iterable[tuple[str, object]]:
    """A list of named things and a mapping fall apart into their entries; the rest is one."""
    if isinstance(value, dict):
        return [(str(name), each) for name, each in value.items()]
    if isinstance(value, list):
        return [(str(each.get("id", each.get("name"))), each) for each in value]
    return [("", value)]


def _families(*plans: Entries) -> dict[str, set[str]]:
    """Outcome → every family that it has been in."""
    found: dict[str, set[str]] = {}
    for entries in plans:
        for (part, name), value in entries.items():
            if part == "outcomes" and isinstance(value, dict):
                found.setdefault(name, set()).add(str(value["family"]))
    return found


def _meaning(scale: Scale) -> dict[str, object]:
    return {
        "items": list(scale.items),
        "reversed": sorted(scale.reversed),
        "range": [scale.low, scale.high],
        "min_answered": scale.min_answered,
    }
