"""Rows that are about nobody: which entry each is, so that one sent twice is known again.

A session, a decision or a sum of a region and period has no respondent; the instrument says which
fields tell it from others. Told so, it is found again in another file, as a child is by its code.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from evaluation.design import Identity
from evaluation.intake.recognise.answers import Answers

BETWEEN = "|"
"""No code, number or day holds it."""


def is_known_again(identity: Identity) -> bool:
    return identity.respondent is not None or bool(identity.entry)


def entries_of(identity: Identity, answers: Iterable[Answers]) -> NDArray[np.object_]:
    """One text a row, None where a field of it could not be read or is not in the file."""
    columns = {each.field.name: each.texts() for each in answers}
    parts = [columns[name] for name in identity.entry if name in columns]
    size = max((len(part) for part in columns.values()), default=0)
    if len(parts) < len(identity.entry):
        return np.full(size, None, dtype=object)
    said = [
        None if None in row else BETWEEN.join(map(str, row)) for row in zip(*parts, strict=True)
    ]
    return np.array(said, dtype=object)
