"""The report: facts in, words out. Sections choose what is said, renderers how it looks."""
