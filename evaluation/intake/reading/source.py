"""What one collecting tool adds to a table of its own. A source only tells headers apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_HEADER = 400
"""No header is longer; a cell of 32,000 letters is not worth cutting at every hyphen."""


@dataclass(frozen=True, slots=True)
class Source:
    """`signs`: sets of headers, any one of which gives the source away (lower case).

    `metadata`: columns the tool adds by itself, read past and never stored. `separators`: what
    stands between groups, question and answer in a header; `option_separators` stand only
    between question and answer. `identity`: the columns that say which submission a row is, the
    surest first; `edition`: those that grow when it is edited.
    """

    name: str
    signs: tuple[frozenset[str], ...] = ()
    metadata: frozenset[str] = frozenset()
    metadata_starts: tuple[str, ...] = ()
    separators: tuple[str, ...] = ()
    repeat_marks: frozenset[str] = frozenset()
    option_separators: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()
    edition: tuple[str, ...] = ()

    def recognises(self, headers: frozenset[str]) -> bool:
        return any(sign <= headers for sign in self.signs)

    def is_metadata(self, header: str) -> bool:
        lowered = header.lower()
        return lowered in self.metadata or lowered.startswith(self.metadata_starts)

    def splits(self, header: str) -> Iterator[tuple[str, str]]:
        """Every way to cut the header in two at a separator, the longest rest first."""
        yield from _cuts(header, self.separators)

    def option_splits(self, header: str) -> Iterator[tuple[str, str]]:
        """Every way to cut it into a question and one of its answers."""
        yield from _cuts(header, (*self.separators, *self.option_separators))


def _cuts(header: str, separators: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if len(header) > LONGEST_HEADER:
        return
    for place, char in enumerate(header):
        if char in separators and 0 < place < len(header) - 1:
            yield header[:place], header[place + 1 :]
