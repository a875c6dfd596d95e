"""Times and memory of a piece of work: the median of several runs, and a process's own peak."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


def seconds(work: Callable[[], object], *, runs: int = 5) -> float:
    """The median of `runs`, after one that is not counted."""
    work()
    return median(once(work) for _ in range(runs))


def once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@dataclass(frozen=True, slots=True)
class Process:
    """`peak` in MiB, of the process itself without its children."""

    seconds: float
    peak: float
    output: str


def process(*arguments: str, **environment: str) -> Process:
    """A fresh process of this Python, measured from outside; its failure is ours."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    took = time.perf_counter() - start
    return Process(took, float(done.stderr.rsplit("PEAK ", 1)[-1].split()[0]), done.stdout)


PEAK = """
import pathlib, re, sys
status = pathlib.Path("/proc/self/status").read_text()
print("PEAK", int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) / 1024, file=sys.stderr)
"""
"""Run at the end of a measured process. Not getrusage: it also remembers the parent's size."""


def measured(code: str, **environment: str) -> Process:
    return process("-c", f"{code}\n{PEAK}", **environment)
