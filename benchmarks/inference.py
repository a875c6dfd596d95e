"""The wild cluster bootstrap beside pyfixest's and wildboottest's, and moments beside BLAS.

`python -m benchmarks inference`, or `python -m benchmarks.inference ROWS` for one size. The other
two are installed into an environment of their own, from the package index that pip is set up with;
where it has none, only our own part is printed. Every engine runs in a process of its own, in turn,
BLAS on one thread for all (on a busy machine two wait for each other); ratios are theirs over ours.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from benchmarks.rival_environment import environment
from benchmarks.rivals import rows_drawn
from benchmarks.timing import seconds
from evaluation.analysis.inference.cluster_moments import moments_of
from evaluation.analysis.inference.least_squares import fit_moments
from evaluation.analysis.inference.wild_bootstrap import wild_bootstrap

ROOT = Path(__file__).parent.parent
HOME = ROOT / ".venv" / "rivals"
RIVALS = ("pyfixest", "wildboottest")
ROWS, DRAWS = (10_000, 1_000_000), (9_999, 99_999)


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of the first call and of later ones (median), by the clock and of the processors; the
    process's peak in MiB; and p."""

    first: float
    warm: float
    cpu: float
    peak: float
    p: float


def installed() -> str | None:
    """The Python of the rivals' own environment, made where there is none; None if it cannot be."""
    same = [f"{name}=={version(name)}" for name in ("numpy", "pandas")]
    return environment(HOME, *same, *RIVALS)


def run(python: str, engine: str, rows: int, draws: int) -> Run:
    done = subprocess.run(
        [python, str(Path(__file__).with_name("rivals.py")), engine, str(rows), str(draws)],
        env=os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return Run(*map(float, done.stdout.rsplit("RESULT ", 1)[1].split()))


def against_rivals(rows: int) -> None:
    python = installed()
    pythons = {"ours": sys.executable} | ({name: python for name in RIVALS} if python else {})
    print(
        "engine          rows    draws  first s   warm s    cpu s    MiB      p   warm   cpu    MiB"
    )
    for draws in DRAWS:
        runs = {name: run(at, name, rows, draws) for name, at in pythons.items()}
        ours = runs["ours"]
        for name, found in runs.items():
            print(
                f"{name:12} {rows:7} {draws:8} {found.first:8.2f} {found.warm:8.3f}"
                f" {found.cpu:8.3f} {found.peak:6.0f} {found.p:6.4f} {found.warm / ours.warm:6.1f}"
                f" {found.cpu / ours.cpu:5.1f} {found.peak / ours.peak:6.1f}",
                flush=True,
            )


def from_moments() -> None:
    """The bootstrap alone, once the rows have been read."""
    print("\nbootstrap from moments, 9,999 draws, with its interval")
    took = []
    for rows in ROWS:
        fit = fit_moments(moments_of(*rows_drawn(rows)))
        took.append(
            seconds(lambda f=fit: wild_bootstrap(f, "x1", rng=np.random.default_rng(1)), runs=9)
        )
        print(f"{rows:8} rows {took[-1]:8.4f} s")
    print(f"ratio {took[1] / took[0]:.2f}")


def against_blas() -> None:
    """One pass over a million rows, sorted by cluster and as they come, beside Z'Z of all rows."""
    X, y, clusters = rows_drawn(ROWS[1])
    Z = np.column_stack([X, y])
    floor = seconds(lambda: Z.T @ Z)
    order = np.argsort(clusters, kind="stable")
    together = (np.ascontiguousarray(X[order]), y[order], clusters[order])
    print(f"\none cross-product of {ROWS[1]} x {Z.shape[1]} by BLAS {floor:.3f} s")
    for what, rows in (("sorted by cluster", together), ("as they come", (X, y, clusters))):
        took = seconds(lambda r=rows: moments_of(*r))
        print(f"moments, rows {what:18} {took:.3f} s, ratio {took / floor:.1f}")


def main(*sizes: int) -> None:
    for rows in sizes or ROWS:
        against_rivals(rows)
    from_moments()
    against_blas()


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
