"""How one answer of an example dataset is drawn: a function for each rule of datasets.yaml.

`row` holds the answers drawn before; every rule gives a text, as a person would type it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np

Row = dict[str, str]
Rule = Callable[[np.random.Generator, Row, Any], str]


def same(rng: np.random.Generator, row: Row, said: Any) -> str:
    return str(said)


def whole(rng: np.random.Generator, row: Row, said: list[int]) -> str:
    """Between two numbers, both included."""
    return str(rng.integers(said[0], said[1] + 1))


def near(rng: np.random.Generator, row: Row, said: list[float]) -> str:
    """[mean, spread, least, most], rounded."""
    mean, spread, least, most = said
    return str(round(float(np.clip(rng.normal(mean, spread), least, most))))


def above(rng: np.random.Generator, row: Row, said: list[Any]) -> str:
    """[another answer, how much above on average, spread, least, most]."""
    other, gain, *rest = said
    return near(rng, row, [int(row[other]) + gain, *rest])


def share(rng: np.random.Generator, row: Row, said: list[Any]) -> str:
    """[another answer, the part of it]; the part may hang on a code of the row."""
    other, part = said
    return str(rng.binomial(int(row[other]), _by_code(row, part)))


def left(rng: np.random.Generator, row: Row, said: list[Any]) -> str:
    """[a whole, what is taken off it, the part of the rest]."""
    all_of, taken, part = said
    return str(rng.binomial(int(row[all_of]) - int(row[taken]), part))


def pick(rng: np.random.Generator, row: Row, said: Mapping[str, float]) -> str:
    return str(rng.choice(list(said), p=list(said.values())))


def place(rng: np.random.Generator, row: Row, said: list[str]) -> str:
    return str(rng.choice(said))


def day(rng: np.random.Generator, row: Row, said: list[date]) -> str:
    """Between two days, both included."""
    first, last = said
    later = timedelta(days=int(rng.integers(0, (last - first).days + 1)))
    return (first + later).isoformat()


def week(rng: np.random.Generator, row: Row, said: list[Any]) -> str:
    """[the first week's Monday, the answer that counts the weeks]: a working day of that week."""
    monday, number = said
    days = 7 * (int(row[number]) - 1) + int(rng.integers(0, 5))
    return str(monday + timedelta(days=days))


def numbered(rng: np.random.Generator, row: Row, said: list[Any]) -> str:
    """[letter, digits, the answer that it counts on with]."""
    letter, digits, number = said
    return f"{letter}{int(row[number]):0{digits}d}"


def code(rng: np.random.Generator, row: Row, said: list[Any]) -> str:
    """[letter, digits]: random, and no two alike as long as there are few."""
    letter, digits = said
    return f"{letter}{rng.integers(1, 10**digits):0{digits}d}"


RULES: dict[str, Rule] = {
    "same": same,
    "whole": whole,
    "near": near,
    "above": above,
    "share": share,
    "left": left,
    "pick": pick,
    "place": place,
    "day": day,
    "week": week,
    "numbered": numbered,
    "code": code,
}


def draw(rng: np.random.Generator, row: Row, said: Mapping[str, Any]) -> str:
    """By the one rule of `said`; `times` multiplies by what a code of the row says, `unless` is
    nothing (0) where the row has that code."""
    ((name, argument),) = [(name, said[name]) for name in said if name in RULES]
    drawn = RULES[name](rng, row, argument)
    if any(row[field] == given for field, given in said.get("unless", {}).items()):
        return "0"
    if "times" in said:
        return str(int(drawn) * int(_by_code(row, said["times"])))
    return drawn


def _by_code(row: Row, said: Any) -> float:
    """A number, or {field: {code: number}}; 1 for a code that is not named."""
    if not isinstance(said, dict):
        return float(said)
    ((field, numbers),) = said.items()
    return float(numbers.get(row[field], 1))
