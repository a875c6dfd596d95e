"""When to ask a server again, and after how long: it may be busy, restarting, or far away."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

ATTEMPTS = 5
FIRST_PAUSE = 1.0
"""Seconds; doubled with every attempt, and changed by up to a half, so that many do not come at
once."""

LONGEST_PAUSE = 300.0
"""A server that asks for more than this is not waited for."""

TRY_AGAIN = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Patience:
    """How the programme waits; tests wait otherwise. `timeout` and `whole` in seconds: for the
    next piece of an answer, and for all of it."""

    wait: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    clock: Callable[[], float] = time.monotonic
    timeout: float = 60.0
    whole: float = 600.0

    def pause(self, attempt: int, asked: float | None) -> float:
        """Seconds before attempt number `attempt` + 1 (from 0); what the server asks for counts."""
        spread = 0.5 + self.chance()
        return FIRST_PAUSE * 2**attempt * spread if asked is None else asked + spread


def asked_to_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds that `Retry-After` asks for; None: it asks for nothing that could be understood.

    A moment is held against the server's own clock, which may differ from ours.
    """
    said = headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        later, now = parsedate_to_datetime(said), parsedate_to_datetime(headers.get("date", ""))
        return max(0.0, (later - now).total_seconds())
    except (TypeError, ValueError):
        return None
