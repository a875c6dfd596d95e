"""A dataset's released numbers as blocks of a section: tables, figures and what to know of them."""
