"""Which five-digit numbers the children of a region get: random, unique, in any order of asking.

A prefix has 100,000 numbers. Where a region has more children than that, the rest get numbers
that other prefixes have left; a code's prefix then no longer says where its child lives, which is
what happens in life when children move.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.errors import SettingsError
from evaluation.records.codes import child_code
from evaluation.synthetic.seeds import Seeds

NUMBERS = 100_000


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers from the `start`-th to before the `stop`-th in the prefix's random order."""

    prefix: str
    start: int
    stop: int

    def part(self, first: int, last: int) -> Span:
        return Span(self.prefix, self.start + first, min(self.start + last, self.stop))

    def __len__(self) -> int:
        return self.stop - self.start


def allot(
    sizes: Mapping[str, int], home: Mapping[str, str], prefixes: Sequence[str]
) -> dict[str, tuple[Span, ...]]:
    """Region → its spans. `home` is the prefix that a region's children are enrolled under."""
    if sum(sizes.values()) > NUMBERS * len(prefixes):
        raise SettingsError("too_many_children", most=NUMBERS * len(prefixes))
    used = dict.fromkeys(prefixes, 0)
    spans: dict[str, list[Span]] = {region: [] for region in sizes}
    missing = dict(sizes)
    # Everybody's own prefix first; what is left over only then goes wherever there is room.
    for region in sizes:
        missing[region] -= _fill(spans[region], used, home[region], missing[region])
    for region in sizes:
        for prefix in prefixes:
            missing[region] -= _fill(spans[region], used, prefix, missing[region])
    return {region: tuple(found) for region, found in spans.items()}


def _fill(spans: list[Span], used: dict[str, int], prefix: str, wanted: int) -> int:
    given = min(wanted, NUMBERS - used[prefix])
    if given:
        spans.append(Span(prefix, used[prefix], used[prefix] + given))
        used[prefix] += given
    return given


def plain_code(prefix: str, number: int) -> str:
    """For questionnaires that ask for a code without a check digit."""
    return f"{prefix}{number:05d}"


def codes_of(
    spans: Sequence[Span], *, first: int, last: int, seeds: Seeds, check: str | None
) -> list[str]:
    """The codes of a region's children from the `first`-th to before the `last`-th.

    `check` is the rule that the questionnaire's field names for its code.
    """
    write = child_code if check == "child_code" else plain_code
    codes: list[str] = []
    start = 0
    for span in spans:
        part = span.part(max(first - start, 0), max(last - start, 0))
        start += len(span)
        if part.start < part.stop:
            order = seeds.rng("codes", span.prefix).permutation(NUMBERS)
            codes += [write(span.prefix, int(n)) for n in order[part.start : part.stop]]
    return codes
