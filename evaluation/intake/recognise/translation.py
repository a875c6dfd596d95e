"""What one typed text means to one field."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Translation:
    """`text`: the code, ISO date or number meant, or the text itself where it is left to the
    validation to judge. `rule`: why it can mean nothing (then there is no text). `remark`: it
    was read, and the sender should know how.
    """

    text: str | None
    rule: str | None = None
    remark: str | None = None
