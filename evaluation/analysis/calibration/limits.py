"""What is promised of the headline: it rejects 1 to 7 of 100 true nulls, and covers 93 of 100.

Held by the shares as they came; chance alone moves them by `Share.standard_error`.
"""

from __future__ import annotations

from evaluation.analysis.calibration.counting import Share

LEAST_REJECTED = 0.01
MOST_REJECTED = 0.07
LEAST_COVERED = 0.93


def keeps_its_level(rejected: Share) -> bool:
    """True of a share of nothing: there is nothing to hold against it."""
    return rejected.whole == 0 or LEAST_REJECTED <= rejected.value <= MOST_REJECTED


def covers_enough(covered: Share) -> bool:
    return covered.whole == 0 or covered.value >= LEAST_COVERED
