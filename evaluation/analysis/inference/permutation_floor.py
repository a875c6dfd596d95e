"""The smallest p-value that exchanging the arms' labels between regions can ever give.

With 3 and 3 regions there are 20 ways to choose the pilot set, and the observed one and its
mirror always tie: no effect, however large, brings a two-sided p under 2/20 = .10. Printed
beside every p-value, because it is the first thing that few regions cannot do.
"""

from __future__ import annotations

from math import comb


def permutation_floor(pilot: int, comparison: int) -> float:
    """Smallest two-sided p of a permutation test over regions, from the number in each arm.

    The mirror image is itself a permutation only where the arms have equally many regions.
    """
    ways = comb(pilot + comparison, pilot)
    return min(1.0, (2 if pilot == comparison else 1) / ways)
