"""The wild cluster bootstrap by one engine, in a process of its own: `rivals.py ENGINE ROWS DRAWS`.

Prints the seconds of the first call, the median of later ones by the clock and by the processors
(which a busy machine cannot stretch), the process's peak in MiB, and the p-value. For the other
engines the model is fitted before the clock starts; ours begins with the rows. Runs in an
environment that has only the one engine's packages, so it imports nothing of this programme
but where it measures it.
"""

from __future__ import annotations

import pathlib
import re
import sys
import time
from collections.abc import Callable
from statistics import median

import numpy as np

COLUMNS, CLUSTERS, RUNS = 20, 50, 3
Work = Callable[[], float]


def rows_drawn(rows: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """X (rows, 20) with a constant and an arm in half of the clusters, y, clusters as they come."""
    rng = np.random.default_rng(20)
    X = rng.standard_normal((rows, COLUMNS))
    clusters = rng.integers(0, CLUSTERS, rows)
    X[:, 0] = 1.0
    X[:, 1] = clusters < CLUSTERS // 2
    y = rng.standard_normal(rows) + rng.standard_normal(CLUSTERS)[clusters]
    y += X[:, 2]
    return X, y, clusters


def ours(X: np.ndarray, y: np.ndarray, clusters: np.ndarray, draws: int) -> Work:
    from evaluation.analysis.inference.cluster_moments import moments_of
    from evaluation.analysis.inference.least_squares import fit_moments
    from evaluation.analysis.inference.wild_bootstrap import wild_bootstrap

    def work() -> float:
        fit = fit_moments(moments_of(X, y, clusters))
        rng = np.random.default_rng(1)
        return wild_bootstrap(fit, "x1", level=None, draws=draws, rng=rng).p_value

    return work


def pyfixest(X: np.ndarray, y: np.ndarray, clusters: np.ndarray, draws: int) -> Work:
    import pandas
    import pyfixest as pf

    names = [f"x{j}" for j in range(1, COLUMNS)]
    frame = pandas.DataFrame(X[:, 1:], columns=names, copy=False).assign(y=y, cluster=clusters)
    fit = pf.feols(f"y ~ {' + '.join(names)}", frame, vcov={"CRV1": "cluster"})
    return lambda: float(fit.wildboottest(reps=draws, param="x1", seed=1)["Pr(>|t|)"])


def wildboottest(X: np.ndarray, y: np.ndarray, clusters: np.ndarray, draws: int) -> Work:
    import pandas
    import statsmodels.api as sm
    from wildboottest.wildboottest import wildboottest as bootstrap

    frame = pandas.DataFrame(X, columns=[f"x{j}" for j in range(COLUMNS)], copy=False)
    model, groups = sm.OLS(pandas.Series(y), frame), pandas.Series(clusters)

    def work() -> float:
        found = bootstrap(model, B=draws, cluster=groups, param="x1", seed=1, show=False)
        return float(found["p-value"].iloc[0])

    return work


ENGINES = {"ours": ours, "pyfixest": pyfixest, "wildboottest": wildboottest}


def main(engine: str, rows: int, draws: int) -> None:
    work = ENGINES[engine](*rows_drawn(rows), draws)
    took, cpu = [], []
    for _ in range(RUNS + 1):
        start, used = time.perf_counter(), time.process_time()
        p = work()
        took.append(time.perf_counter() - start)
        cpu.append(time.process_time() - used)
    status = pathlib.Path("/proc/self/status").read_text()
    peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024
    print(f"RESULT {took[0]} {median(took[1:])} {median(cpu[1:])} {peak} {p}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
