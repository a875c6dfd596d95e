"""Randomness by name: a seed gives a region the same children in whatever order they are made.

Streaming and determinism meet here: a block is drawn from its own generator, so that making one
region alone, or the regions in another order, or fewer of them, gives the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np


@dataclass(frozen=True, slots=True)
class Seeds:
    seed: int

    def rng(self, *purpose: str | int) -> np.random.Generator:
        return np.random.default_rng([self.seed, crc32("/".join(map(str, purpose)).encode())])
