"""Small scenes for the patterns, drawn by hand; all invented."""

import numpy as np
import pandas as pd

from evaluation.design import (
    Choice,
    Choices,
    Field,
    FieldType,
    Identity,
    Instrument,
    Level,
    Need,
    Scale,
)
from evaluation.intake.answered import Grid, Rows, grid_of
from evaluation.intake.patterns.asked import Scene, nothing_elsewhere
from evaluation.intake.places import Places
from evaluation.intake.recognise.answers import Answers
from evaluation.intake.recognise.translation import Translation

GAP = float("nan")
LINE = Choices(
    "line",
    (
        *(Choice(str(code), {"en": str(code)}) for code in range(1, 6)),
        Choice("8", {"en": "I do not know"}, missing=True),
    ),
)
BANDS = Choices("bands", tuple(Choice(code, {"en": code}) for code in ("8", "10", "13")))


def grid(text, line=5):
    """Rows of answers drawn as digits from 1, `8` a legal non-answer, `-` nothing."""
    rows = [line_.split() for line_ in text.strip().splitlines()]
    size = len(rows[0]) if rows else 0
    cells = np.array(rows, dtype=object).reshape(len(rows), size)
    values = [[GAP if cell in "-8" else float(cell) - 1 for cell in row] for row in cells]
    items = tuple(item(f"q{place}") for place in range(1, size + 1))
    return Grid(items, line, np.array(values).reshape(len(rows), size), cells == "8")


def item(name, choices=LINE):
    kind = FieldType.CODE if choices else FieldType.INTEGER
    return Field(name, Level.ROW, kind, Need.EXPECTED, {"en": name}, choices=choices, item=True)


def field(name, kind=FieldType.TEXT, **how):
    return Field(name, Level.ROW, kind, Need.OPTIONAL, {"en": name}, **how)


FIELDS = (
    field("code"),
    field("school"),
    field("asker"),
    field("day", FieldType.DATE),
    field("minutes", FieldType.INTEGER),
    field("band", FieldType.CODE, choices=BANDS),
    field("secret", FieldType.CODE, choices=BANDS, sensitivity="S3"),
    item("q1"),
    item("q2"),
    item("q3"),
    item("free", None),
)
ASKED = Instrument("asked", 1, {"en": "Asked"}, FIELDS, Identity(respondent="code"))
SCALES = {
    "one": Scale("one", "asked", {"en": "one"}, ("q1", "q2"), frozenset({"q2"}), 1, 5, 1, "", 1),
    "two": Scale("two", "asked", {"en": "two"}, ("q3",), frozenset({"q3"}), 1, 5, 1, "", 2),
    "none": Scale("none", "asked", {"en": "none"}, ("free",), frozenset(), 1, 5, 1, "", 3),
}


def rows(drawn, judged=None, waves=None, regions=None):
    """`drawn`: a table whose first line names the columns; `-` is a gap."""
    heading, *lines = [line.split() for line in drawn.strip().splitlines()]
    size = len(lines)
    texts = {
        name: [None if line[place] == "-" else line[place] for line in lines]
        for place, name in enumerate(heading)
    }
    found = []
    for place, (name, column) in enumerate(texts.items()):
        if name in ("wave", "region"):
            continue
        words = [None, *dict.fromkeys(text for text in column if text)]
        codes = np.array([words.index(text) for text in column], dtype=np.int32)
        found.append(Answers(ASKED.field(name), place, tuple(map(Translation, words)), codes))
    known = {"wave": waves or "0", "region": regions or "71"}
    where = {
        name: np.array(texts.get(name, [value] * size), dtype=object)
        for name, value in known.items()
    }
    places = Places("", None, where["region"], where["wave"], np.full(size, None, object), ())
    people = np.array(texts.get("code", [str(n) for n in range(size)]), dtype=object)
    mask = np.ones(size, dtype=bool) if judged is None else np.array(judged)
    return Rows(tuple(found), places, people, mask)


def scene(study, drawn, known=None, judged=None):
    found = rows(drawn, judged)
    nothing = nothing_elsewhere((), ("band",))
    return Scene(ASKED, study, found, grid_of(found), nothing if known is None else known)


def elsewhere(drawn):
    """What other batches hold: a table with respondent, wave, region and fields."""
    heading, *lines = [line.split() for line in drawn.strip().splitlines()]
    frame = pd.DataFrame(
        [[None if cell == "-" else cell for cell in line] for line in lines], columns=heading
    ).astype("str")
    return frame.assign(wave=frame["wave"].astype("int64"))
