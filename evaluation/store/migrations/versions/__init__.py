"""One file a version, in order: v0001 is the first."""
