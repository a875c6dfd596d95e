"""The rows of a file as the rules across fields look at them: right answers, places, who.

Apart from `judging`, so that what is asked of rows, groups and waves can be a file each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.design import Field, FieldType
from evaluation.intake.places import Places
from evaluation.intake.recognise.answers import Answers


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rules look at: answers with the wrong ones emptied, and what is known of each row.

    `respondents`: who each row is about, None where it could not be read.
    """

    answers: tuple[Answers, ...]
    places: Places
    respondents: NDArray[np.object_]
    judged: NDArray[np.bool_]

    def column(self, name: str) -> pd.Series | None:
        if name == "respondent":
            return pd.Series(self.respondents, dtype="str")
        if name == "region":
            return pd.Series(self.places.regions, dtype="str")
        if name == "wave":
            return pd.Series(self.places.waves, dtype="str")
        if name == "sessions_planned":
            return pd.Series(self.places.sessions_planned, dtype="float64")
        answers = self.of(name)
        if answers is None:
            return None
        texts = pd.Series(answers.texts(), dtype="float64" if answers.field.numeric else "str")
        if answers.field.type is FieldType.DATE:
            # Great Expectations compares dates a column at a time only where they are nanoseconds.
            return pd.to_datetime(texts, format="ISO8601").astype("datetime64[ns]")
        return texts

    def of(self, name: str) -> Answers | None:
        return next((each for each in self.answers if each.field.name == name), None)

    def texts(self, name: str) -> pd.Series | None:
        """A key or a field of every row as text, whatever its type."""
        if name in ("respondent", "region", "wave"):
            return self.column(name)
        answers = self.of(name)
        return None if answers is None else pd.Series(answers.texts(), dtype="str")


@dataclass(frozen=True, slots=True)
class Grid:
    """The answers to the questions of one answer line: a row a judged row, a column a question.

    `values`: the answer's place in the line, counted from 0 among its valid answers; NaN where
    there is none. `declined`: a legal non-answer ("I do not know"). `empty`: nothing at all.
    """

    questions: tuple[Field, ...]
    line: int  # how many valid answers it has
    values: NDArray[np.float64]
    declined: NDArray[np.bool_]

    @property
    def empty(self) -> NDArray[np.bool_]:
        return np.asarray(np.isnan(self.values) & ~self.declined)

    def of(self, names: tuple[str, ...]) -> Grid:
        """Only these questions, in the grid's order."""
        which = [place for place, field in enumerate(self.questions) if field.name in names]
        return Grid(
            tuple(self.questions[place] for place in which),
            self.line,
            self.values[:, which],
            self.declined[:, which],
        )


def grid_of(rows: Rows) -> Grid:
    """The questions that most questions share their answer line with; the others are left out."""
    asked = [each for each in rows.answers if each.field.item and each.field.choices is not None]
    lines = [each.field.choices.id for each in asked if each.field.choices is not None]
    most = max(lines, key=lines.count, default="")
    chosen = [each for each, line in zip(asked, lines, strict=True) if line == most]
    values = np.full((int(rows.judged.sum()), len(chosen)), np.nan)
    declined = np.zeros(values.shape, dtype=bool)
    size = 0
    for column, each in enumerate(chosen):
        assert each.field.choices is not None
        valid = [choice.code for choice in each.field.choices.choices if not choice.missing]
        places = {code: float(place) for place, code in enumerate(valid)}
        skipped = {choice.code for choice in each.field.choices.choices if choice.missing}
        codes = each.codes[rows.judged]
        values[:, column] = np.array([places.get(m.text or "", np.nan) for m in each.meant])[codes]
        declined[:, column] = np.array([m.text in skipped for m in each.meant])[codes]
        size = len(valid)
    return Grid(tuple(each.field for each in chosen), size, values, declined)
