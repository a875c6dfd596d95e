"""KoboToolbox exports, CSV and XLSX, of every age (peers.md §5.1).

Nothing of its metadata is stored. Older exports lack `__version__` and `meta/rootUuid`, filtered
ones lack nearly all of it. A repeat group comes as a sheet of its own, joined by `_parent_index`.
"""

from evaluation.intake.reading.source import Source

KOBO = Source(
    name="kobo",
    signs=(
        frozenset({"_uuid"}),
        frozenset({"meta/rootuuid"}),
        frozenset({"meta/instanceid"}),
        frozenset({"_submission_time"}),
        frozenset({"_id", "_index"}),
        frozenset({"_index", "_parent_index"}),
    ),
    metadata=frozenset(
        {
            "start",
            "end",
            "today",
            "username",
            "deviceid",
            "phonenumber",
            "simserial",
            "subscriberid",
            "imei",
            "audit",
            "_id",
            "_uuid",
            "_submission_time",
            "_validation_status",
            "_notes",
            "_status",
            "_submitted_by",
            "_tags",
            "_index",
            "_attachments",
            "_xform_id_string",
            "_bamboo_dataset_id",
            "_parent_table_name",
            "_parent_index",
            "formhub/uuid",
        }
    ),
    metadata_starts=("meta/", "meta.", "__version__", "_version_", "_submission_"),
    separators=("/", ".", "-"),
    repeat_marks=frozenset({"_parent_index", "_parent_table_name"}),
)
