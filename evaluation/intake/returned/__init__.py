"""The sender's own workbook back: every bad cell marked and explained, two sheets in front.

Nothing heavy is imported here: the child process that opens the workbook starts anew for every
file and passes through this package.
"""
