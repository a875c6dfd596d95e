"""What is true in the synthetic data, stated before they are drawn: `truth.yaml`, typed.

It is a file because it names scales and fields; and because whoever gets the batches must be
able to read, beside them, what an honest analysis should find.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation.design import Arm
from evaluation.design.reading import Node, read_yaml

SHIPPED = Path(__file__).with_name("truth.yaml")
KEYS = (
    "effects",
    "mean",
    "trend",
    "spread",
    "common",
    "difficulty",
    "attrition",
    "nonresponse",
    "families",
    "columns",
)
DRAW_KEYS = ("field", "codes", "whole", "prefix", "day", "before", "lasting", "treated", "given")


@dataclass(frozen=True, slots=True)
class Spread:
    """Standard deviations, in points of the continuous answer behind the boxes."""

    region: float
    region_change: float
    site: float
    child: float
    child_change: float
    item: float

    @property
    def child_variance(self) -> float:
        """Between children of one wave, wherever they are, without the noise of single answers."""
        return self.region**2 + self.site**2 + self.child**2 + self.child_change**2


@dataclass(frozen=True, slots=True)
class Draw:
    """How one column of a row comes about; exactly one of codes, whole, day is the source.

    `whole` is a whole number from low to high: with `prefix` written behind it to four digits,
    with `before` that many days before the date in the named column.
    """

    field: str
    codes: Mapping[str, float]
    whole: tuple[int, int] | None
    prefix: str
    day: bool
    before: str | None
    lasting: bool
    treated: bool
    given: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Truth:
    """`effects` are points of the observed score at year-end, pilot against the same without."""

    effects: Mapping[str, float]
    mean: float
    trend: float
    spread: Spread
    common: float
    difficulty: float
    attrition: Mapping[str, float]
    nonresponse: Mapping[str, float]
    families: Mapping[str, float]
    columns: tuple[Draw, ...]

    def effect_on(self, scale: str) -> float:
        return self.effects.get(scale, 0.0)


def load_truth(path: Path = SHIPPED) -> Truth:
    """Raises StudyError with file and key where the file does not say what it must."""
    node = read_yaml(path, path.parent)
    node.entries(*KEYS)
    return Truth(
        effects=_numbers(node.at("effects")),
        mean=node.at("mean").number(),
        trend=node.at("trend").number(),
        spread=_spread(node.at("spread")),
        common=_share(node.at("common")),
        difficulty=node.at("difficulty").number(),
        attrition=_shares(node.at("attrition"), tuple(Arm)),
        nonresponse=_shares(node.at("nonresponse"), ()),
        families=_numbers(node.at("families")),
        columns=_columns(node.at("columns")),
    )


def _columns(node: Node) -> tuple[Draw, ...]:
    """A draw may look only at what is there when its turn comes; lasting ones come first."""
    draws = [(each, _draw(each)) for each in node.each()]
    known: set[str] = set()
    for each, draw in sorted(draws, key=lambda pair: not pair[1].lasting):
        asked = {*draw.given, *((draw.before,) if draw.before else ())}
        if unknown := sorted(asked - known):
            names = ", ".join(sorted(known))
            raise each.fail("unknown_reference", name=", ".join(unknown), known=names)
        known.add(draw.field)
    return tuple(draw for _, draw in draws)


def _spread(node: Node) -> Spread:
    names = tuple(Spread.__dataclass_fields__)
    node.entries(*names)
    return Spread(**{name: node.at(name).number() for name in names})


def _draw(node: Node) -> Draw:
    node.entries(*DRAW_KEYS)
    draw = Draw(
        field=node.at("field").text(),
        codes=_shares(node.at("codes"), ()) if node.has("codes") else {},
        whole=_pair(node.at("whole")) if node.has("whole") else None,
        prefix=node.at("prefix").text() if node.has("prefix") else "",
        day=node.at("day").yes() if node.has("day") else False,
        before=node.at("before").text() if node.has("before") else None,
        lasting=node.at("lasting").yes() if node.has("lasting") else False,
        treated=node.at("treated").yes() if node.has("treated") else False,
        given=_texts(node.at("given")) if node.has("given") else {},
    )
    if bool(draw.codes) + bool(draw.whole) + draw.day != 1:
        raise node.fail("missing_key")
    return draw


def _numbers(node: Node) -> dict[str, float]:
    return {name: node.at(name).number() for name in node.entries()}


def _texts(node: Node) -> dict[str, str]:
    return {name: node.at(name).text() for name in node.entries()}


def _shares(node: Node, allowed: tuple[str, ...]) -> dict[str, float]:
    return {name: _share(node.at(name)) for name in node.entries(*allowed)}


def _share(node: Node) -> float:
    if not 0 <= node.number() <= 1:
        raise node.fail("not_between", low=0, high=1)
    return node.number()


def _pair(node: Node) -> tuple[int, int]:
    ends = [end.integer() for end in node.each()]
    if len(ends) != 2 or ends[0] > ends[1]:
        raise node.fail("not_a_range")
    return ends[0], ends[1]
