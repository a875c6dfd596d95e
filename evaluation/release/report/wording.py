"""How sure a sentence may sound: from interval, p-values and cautions to one of four words.

Decided on the released numbers alone, so that every reader can check the word against the table.
Where rounding leaves a doubt (an end of the interval at 0.00, a p-value at the limit), the weaker
word is used. There is no word for "no effect": domain.md §3.4.
"""

from __future__ import annotations

from enum import StrEnum

from evaluation.release.disclosure import ReleasedOutcome
from evaluation.release.report.cell_text import number


class Confidence(StrEnum):
    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"
    CANNOT_TELL = "cannot_tell"


def confidence(outcome: ReleasedOutcome, alpha: float) -> Confidence:
    """Strong: adjusted p under alpha, reachable by this design, no caution. See each branch."""
    if not one_sided(outcome):
        return Confidence.CANNOT_TELL
    adjusted, smallest = number(outcome.p_adjusted), number(outcome.smallest_p)
    if adjusted is None or adjusted >= alpha or smallest is None or smallest >= alpha:
        return Confidence.WEAK
    return Confidence.MODERATE if outcome.cautions else Confidence.STRONG


def one_sided(outcome: ReleasedOutcome) -> bool:
    """Whether the whole interval lies on one side of zero."""
    low, high = number(outcome.low), number(outcome.high)
    return low is not None and high is not None and (low > 0 or high < 0)
