"""All of them, one after the other: `python -m benchmarks [name …]`."""

from __future__ import annotations

import sys

from benchmarks import (
    acro_agreement,
    assessment,
    battery,
    disclosure,
    evidence,
    inference,
    ingest,
    item_level,
    large,
    limits,
    lost_children,
    power_by_trying,
    privacy,
    report,
    returned,
    synthetic_truth,
)

BENCHMARKS = {
    "ingest": ingest.main,
    "returned": returned.main,
    "assessment": assessment.main,
    "inference": inference.main,
    "battery": battery.main,
    "evidence": evidence.main,
    "lost": lost_children.main,
    "items": item_level.main,
    "power": power_by_trying.main,
    "disclosure": disclosure.main,
    "acro": acro_agreement.main,
    "large": large.main,
    "limits": limits.main,
    "privacy": privacy.main,
    "report": report.main,
    "synthetic_truth": synthetic_truth.main,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or BENCHMARKS:
        print(f"\n== {name}")
        BENCHMARKS[name]()
