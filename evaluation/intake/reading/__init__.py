"""Bytes in, sheets of text out: one file a source, and none of them knows a questionnaire.

Nothing heavy is imported here, because the child process that opens workbooks starts anew for
every file and passes through this package.
"""
