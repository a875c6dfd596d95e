"""Contingency tables of one's own through the gate: `protect(table)`."""
