"""Our own upload template: a table, and a sheet with the batch card beside it."""

from evaluation.intake.reading.source import Source

TEMPLATE = Source(name="template")
