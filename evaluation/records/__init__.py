"""Nouns: what travels between the rooms. Frozen; no behaviour beyond their own invariants."""
