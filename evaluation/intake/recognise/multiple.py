"""The split columns of a select-multiple question → one answer a row.

Where the summary column is there too it is what counts, because a 0 in a split column may also
mean that nobody asked (peers.md §5.2); the split columns decide where there is no summary, or
where its words cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from evaluation.design import Field
from evaluation.intake.reading.sheets import Column
from evaluation.intake.recognise.answers import Answers
from evaluation.intake.recognise.translation import Translation

YES = frozenset({"1", "true", "yes", "да", "иә"})


def from_options(field: Field, options: Mapping[str, Column], place: int) -> Answers:
    """Answers in declared order; a row without any mark and without any 0 gives none."""
    assert field.choices is not None
    rows = len(next(iter(options.values())).codes)
    chosen = np.full(rows, "", dtype=object)
    asked = np.zeros(rows, dtype=bool)
    for code in field.choices.codes:
        if code in options:
            column = options[code]
            marked = np.array([text.casefold() in YES for text in column.texts])[column.codes]
            chosen = np.where(marked, chosen + " " + code, chosen)
            asked |= column.codes != 0
    texts, codes = np.unique(np.where(asked, chosen, ""), return_inverse=True)
    meant = [Translation(text.strip() or None) for text in texts.tolist()]
    if meant[0].text is not None:
        meant, codes = [Translation(None), *meant], codes + 1
    return Answers(field, place, tuple(meant), codes.astype(np.int32))
