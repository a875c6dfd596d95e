"""SurveyCTO's CSV, wide or long: names only, groups never in the headers.

Split select-multiple columns are joined by an underscore (`clubs_1`), so an underscore parts a
question from its answer and nothing else; dates come as `Mar 14, 2022 10:23:00 AM`.
"""

from evaluation.intake.reading.source import Source

SURVEYCTO = Source(
    name="surveycto",
    signs=(
        frozenset({"key", "formdef_version"}),
        frozenset({"key", "completiondate"}),
    ),
    metadata=frozenset(
        {
            "submissiondate",
            "completiondate",
            "starttime",
            "endtime",
            "deviceid",
            "device_info",
            "subscriberid",
            "simid",
            "devicephonenum",
            "username",
            "duration",
            "caseid",
            "instanceid",
            "instancename",
            "formdef_version",
            "formdef_id",
            "key",
            "parent_key",
            "review_status",
            "review_quality",
            "review_comments",
            "review_corrections",
            "text_audit",
        }
    ),
    metadata_starts=("set-of-", "setof-", "meta-", "meta/"),
    separators=("/", "-"),
    option_separators=("_",),
    repeat_marks=frozenset({"parent_key"}),
    identity=("key", "instanceid"),
    edition=("submissiondate",),
)
