"""How well the questions measure, and whether they do so alike in every language and arm."""
