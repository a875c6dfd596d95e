"""What a batch must satisfy: a suite an instrument (YAML), and our own kinds of expectation."""
