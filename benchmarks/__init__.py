"""Measured by hand, printed as ratios within one run: `make bench`. Nothing here gates anything.

Machines differ and are shared; a ratio of two things measured in turn on the same one is what can
be compared with last year.
"""
