"""A report's words taken out of its file again, each with the place where it stands.

Only to compare a file with the released one. Siblings, one a format; none knows the renderers.
"""
