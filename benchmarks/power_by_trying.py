"""Power by trying beside power by formula, where the formula holds: regions of one size.

`python -m benchmarks power`, or `python -m benchmarks.power_by_trying [draws]`. The effect is the
one that the formula finds in 80 of 100 studies; printed is in how many it is found by trying, with
its standard error, and the effect that is found in 80 by trying.
"""

from __future__ import annotations

import sys

from evaluation.analysis import Assumed, detectable, simulate_power

DRAWS, SEED, CHILDREN = 10_000, 2022, 30
REGIONS, SHARED = (3, 4, 5, 6), (0.02, 0.05, 0.10)


def main(draws: int = DRAWS) -> None:
    print(f"{draws} studies a row, {CHILDREN} children a region, waves correlated by .6")
    print(
        "| regions | ICC | effect by formula, SD | found by trying, % | ± | effect by trying, SD |"
    )
    print("|---|---|---|---|---|---|")
    for k in REGIONS:
        for icc in SHARED:
            equal = Assumed((CHILDREN,) * k, (CHILDREN,) * k, spread=1.0, icc=icc)
            effect = detectable(equal.analytic)
            found = simulate_power(equal, (effect,), draws=draws, seed=SEED)
            print(
                f"| {k}v{k} | {icc:.2f} | {effect:.3f} | {100 * found.power[0]:.1f}"
                f" | {100 * found.chance(found.power[0]):.1f} | {found.detectable:.3f} |",
                flush=True,
            )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
