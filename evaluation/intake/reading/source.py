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
    stands between groups, question and answer in a header.
    """

    name: str
    signs: tuple[frozenset[str], ...] = ()
    metadata: frozenset[str] = frozenset()
    metadata_starts: tuple[str, ...] = ()
    separators: tuple[str, ...] = ()
    repeat_marks: frozenset[str] = frozenset()

    def recognises(self, headers: frozenset[str]) -> bool:
        return any(sign <= headers for sign in self.signs)

    def is_metadata(self, header: str) -> bool:
        lowered = header.lower()
        return lowered in self.metadata or lowered.startswith(self.metadata_starts)

    def splits(self, header: str) -> Iterator[tuple[str, str]]:
        """Every way to cut the header in two at a separator, the longest rest first."""
        if len(header) > LONGEST_HEADER:
            return
        for place, char in enumerate(header):
            if char in self.separators and 0 < place < len(header) - 1:
                yield header[:place], header[place + 1 :]
