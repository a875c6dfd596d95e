"""ODK Central's OData and pyODK: JSON with nested groups, read as `group/question`.

`__id` stays the same when a submission is edited; `__system/edits` counts how often it was.
"""

from evaluation.intake.reading.source import Source

ODATA = Source(
    name="odata",
    signs=(frozenset({"__id"}),),
    metadata=frozenset(
        {
            "__id",
            "_index",
            "_parent_index",
            "start",
            "end",
            "today",
            "username",
            "deviceid",
            "phonenumber",
            "subscriberid",
            "simserial",
            "audit",
        }
    ),
    metadata_starts=("__system", "__submissions-id", "meta/"),
    separators=("/",),
    repeat_marks=frozenset({"_parent_index"}),
    identity=("__id",),
    edition=("__system/edits",),
)
