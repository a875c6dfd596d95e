"""One file per challenge of an estimate: what is changed, and the answer then."""
