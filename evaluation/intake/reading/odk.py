"""ODK Central's CSV (peers.md §5.2): groups joined by a hyphen, names only, never labels.

A split select-multiple column says 0 for a person who was not asked and for one who chose
something the form no longer has, so the summary column is what is read.
"""

from evaluation.intake.reading.source import Source

ODK = Source(
    name="odk",
    signs=(
        frozenset({"key", "submissiondate"}),
        frozenset({"key", "meta-instanceid"}),
        frozenset({"key", "parent_key"}),
        frozenset({"submissiondate", "instanceid"}),
    ),
    metadata=frozenset(
        {
            "submissiondate",
            "key",
            "parent_key",
            "submitterid",
            "submittername",
            "attachmentspresent",
            "attachmentsexpected",
            "status",
            "reviewstate",
            "deviceid",
            "edits",
            "formversion",
            "instanceid",
            "instancename",
            "start",
            "end",
            "today",
            "username",
            "phonenumber",
            "subscriberid",
            "simserial",
            "audit",
        }
    ),
    metadata_starts=("meta-", "setof-"),
    separators=("-", "/"),
    repeat_marks=frozenset({"parent_key"}),
    identity=("key", "meta-instanceid", "instanceid"),
    edition=("edits",),
)
