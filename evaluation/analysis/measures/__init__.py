"""One file per question that is asked of a run beside its estimates; each answers in records."""
