"""All of them, one after the other: `python -m benchmarks [name …]`."""

from __future__ import annotations

import sys

from benchmarks import (
    acro_agreement,
    assessment,
    battery,
    disclosure,
    inference,
    ingest,
    large,
    limits,
    privacy,
    returned,
    synthetic_truth,
)

BENCHMARKS = {
    "ingest": ingest.main,
    "returned": returned.main,
    "assessment": assessment.main,
    "inference": inference.main,
    "battery": battery.main,
    "disclosure": disclosure.main,
    "acro": acro_agreement.main,
    "large": large.main,
    "limits": limits.main,
    "privacy": privacy.main,
    "synthetic_truth": synthetic_truth.main,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or BENCHMARKS:
        print(f"\n== {name}")
        BENCHMARKS[name]()
