"""Submissions that came before: the same again, edited since, or an older edition of what is there.

A whole export that is pulled anew every week holds all the earlier rows. What is the same counts
once; what was edited takes the place of the earlier answers; nothing is ever counted twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.intake.across import Rows
from evaluation.intake.frames import response_frame
from evaluation.intake.opened import Opened
from evaluation.records.findings import Effect, Finding, Severity
from evaluation.records.submissions import Earlier, StoredSubmission

EarlierAsked = Callable[[Sequence[str]], Earlier]
"""Keys of submissions → those of them that another live batch has brought, with their answers."""


def none_earlier(keys: Sequence[str]) -> Earlier:
    """For a check that knows no store."""
    return Earlier((), pd.DataFrame())


@dataclass(frozen=True, slots=True)
class Editions:
    """`set_aside`: rows that nothing is kept of. `settled`: rows about the same person and wave
    as the stored row that they meet. `replaced`: stored rows (batch, row) that count no more."""

    set_aside: NDArray[np.bool_]
    settled: NDArray[np.bool_]
    replaced: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...]


def find_editions(
    opened: Opened,
    rows: Rows,
    good: NDArray[np.bool_],
    without_consent: NDArray[np.bool_],
    earlier: EarlierAsked,
) -> Editions:
    older = opened.identities.older()
    asked = (good | without_consent) & (opened.identities.keys != "") & ~older
    known = earlier(sorted(set(opened.identities.keys[asked])))
    stored = {each.key: each for each in known.submissions}
    met = asked & np.isin(opened.identities.keys, list(stored))
    late = np.array(
        [bool(m) and _is_older(opened, r, stored) for r, m in enumerate(met)], dtype=bool
    )
    same, settled = _compared(opened, rows, met & good & ~late, stored, known.rows)
    changed = met & ~late & ~same
    return Editions(
        set_aside=older | late | same,
        settled=settled,
        replaced=tuple(
            (stored[key].batch, stored[key].source_row) for key in opened.identities.keys[changed]
        ),
        findings=(
            *_counted("edited_later", older | late),
            *_counted("already_there", same),
            *_counted("edition_replaced", changed),
        ),
    )


def _is_older(opened: Opened, row: int, stored: dict[str, StoredSubmission]) -> bool:
    edition = opened.identities.editions[row]
    there = stored[opened.identities.keys[row]].edition
    return bool(edition) and edition < there


def _compared(
    opened: Opened,
    rows: Rows,
    met: NDArray[np.bool_],
    stored: dict[str, StoredSubmission],
    there: pd.DataFrame,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """(the same in every answer, the same person and wave), of the rows that met a stored one."""
    same, settled = np.zeros(len(met), dtype=bool), np.zeros(len(met), dtype=bool)
    if not met.any():
        return same, settled
    new = response_frame("", opened, rows, met)
    places = pd.MultiIndex.from_tuples(
        [(stored[key].batch, stored[key].source_row) for key in opened.identities.keys[met]]
    )
    old = there.set_index(["batch", "source_row"]).loc[places].reset_index()
    compared = [name for name in new.columns if name not in ("batch", "source_row")]
    if opened.instrument.identity.respondent is None:
        compared.remove("respondent")  # of nobody in particular, it is made of the batch
    equal = {name: _equal(new[name], old[name]) for name in compared}
    same[met] = np.logical_and.reduce(list(equal.values()))
    settled[met] = np.logical_and.reduce(
        [equal[n] for n in compared if n in ("respondent", "wave")]
    )
    return same, settled


def _equal(new: pd.Series, old: pd.Series) -> NDArray[np.bool_]:
    nothing: Any = None
    ours, theirs = new.to_numpy(object, na_value=nothing), old.to_numpy(object, na_value=nothing)
    return np.asarray(ours == theirs, dtype=bool)


def _counted(rule: str, rows: NDArray[np.bool_]) -> list[Finding]:
    if not rows.any():
        return []
    values = {"n": int(rows.sum())}
    return [Finding(rule, Severity.INFORMATION, Effect.NOTE, values=values)]
