"""What a sender says of an answer that we asked them to check: it is right, and why."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """`respondent`: the child's code, or the row where the questionnaire has none.

    `value` is the answer in question as it would be stored, None where it could not be read.
    `reason` is free text; it has passed the scan for personal data.
    """

    instrument: str
    rule: str
    field: str
    respondent: str
    wave: str
    value: str | None
    reason: str = ""

    @property
    def subject(self) -> str:
        """What is explained: the same rule of the same answer of the same child."""
        said = (self.instrument, self.rule, self.field, self.respondent, self.wave, self.value)
        return json.dumps(said, ensure_ascii=False)
