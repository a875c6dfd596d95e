"""The 44 ways in which uploads really fail (domain.md §5), a file of our own making for each."""
