"""Were the children of the two waves found again by their exact codes?

The gate in holds a code whose check digit does not fit, so a slip that is stored has met another
child's code or comes from codes without a check digit. A child of the last wave whose code is one
slip away from exactly one child of the same region who was not met again is perhaps that child:
the answer is given with such pairs linked, too, and the headline never rests on them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

import numpy as np

from evaluation.analysis.cohort import NOT_MET, Cohort
from evaluation.design import Arm
from evaluation.records.challenges import Linkage


def linkage(cohort: Cohort) -> tuple[Linkage, ...]:
    """For the pilot and the comparison arm."""
    pairs = {new for _, new in slips(cohort)}
    found = []
    for arm in (Arm.PILOT, Arm.COMPARISON):
        last = np.flatnonzero(cohort.in_arm(arm) & (cohort.last != NOT_MET))
        exact = int(np.sum(cohort.first[last] != NOT_MET))
        slipped = sum(int(child) in pairs for child in last)
        found.append(Linkage(str(arm), exact, slipped, len(last) - exact - slipped))
    return tuple(found)


def with_slips_linked(cohort: Cohort) -> Cohort:
    """The same children, those one slip apart made one."""
    pairs = slips(cohort)
    last = cohort.last.copy()
    for old, new in pairs:
        last[old] = cohort.last[new]
    kept = np.ones(len(last), dtype=bool)
    kept[[new for _, new in pairs]] = False
    return replace(
        cohort,
        respondents=cohort.respondents[kept],
        regions=cohort.regions[kept],
        arms=cohort.arms[kept],
        first=cohort.first[kept],
        last=last[kept],
        moved=cohort.moved[kept],
    )


def slips(cohort: Cohort) -> tuple[tuple[int, int], ...]:
    """(child of the first wave, child of the last), where each is the other's only candidate."""
    lost = np.flatnonzero((cohort.first != NOT_MET) & (cohort.last == NOT_MET))
    new = np.flatnonzero(cohort.first == NOT_MET)
    by_neighbour: dict[tuple[object, str], set[int]] = defaultdict(set)
    for child in lost:
        for shape in _shapes(str(cohort.respondents[child])):
            by_neighbour[cohort.regions[child], shape].add(int(child))
    candidates = {
        int(child): set().union(
            *(
                by_neighbour.get((cohort.regions[child], shape), set())
                for shape in _shapes(str(cohort.respondents[child]))
            )
        )
        for child in new
    }
    wanted = Counter(old for olds in candidates.values() for old in olds)
    return tuple(
        (next(iter(olds)), child)
        for child, olds in candidates.items()
        if len(olds) == 1 and wanted[next(iter(olds))] == 1
    )


def _shapes(code: str) -> set[str]:
    """Two codes share one of these where one character differs or two neighbours are swapped."""
    blanks = {f"{code[:i]}\0{code[i + 1 :]}" for i in range(len(code))}
    swaps = {
        f"{code[:i]}\1{''.join(sorted(code[i : i + 2]))}{code[i + 2 :]}"
        for i in range(len(code) - 1)
    }
    return blanks | swaps
