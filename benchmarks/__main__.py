"""All of them, one after the other: `python -m benchmarks [name …]`."""

from __future__ import annotations

import sys

from benchmarks import assessment, disclosure, ingest, large, synthetic_truth

BENCHMARKS = {
    "ingest": ingest.main,
    "assessment": assessment.main,
    "disclosure": disclosure.main,
    "large": large.main,
    "synthetic_truth": synthetic_truth.main,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or BENCHMARKS:
        print(f"\n== {name}")
        BENCHMARKS[name]()
