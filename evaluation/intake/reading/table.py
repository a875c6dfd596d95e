"""A table typed by hand: headers somewhere near the top, no columns but the questions."""

from evaluation.intake.reading.source import Source

TABLE = Source(name="table", signs=(frozenset(),))
