"""Datasets beside the questionnaire through the gate: tables, shares, means of small groups."""
