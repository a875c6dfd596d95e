import pytest

from evaluation.intake.reading.kobo import KOBO
from evaluation.intake.reading.odk import ODK
from evaluation.intake.reading.sources import source_of

KOBO_TAIL = [
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "__version__",
    "_tags",
    "meta/rootUuid",
    "_index",
]
ODK_TAIL = [
    "SubmissionDate",
    "meta-instanceID",
    "KEY",
    "SubmitterID",
    "SubmitterName",
    "AttachmentsPresent",
    "AttachmentsExpected",
    "Status",
    "ReviewState",
    "DeviceID",
    "Edits",
    "FormVersion",
]


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        (["q1", *KOBO_TAIL], "kobo"),
        (["q1", "_uuid"], "kobo"),
        (["q1", "meta/rootUuid"], "kobo"),
        (["q1", "meta/instanceID"], "kobo"),
        (["q1", "_id", "_index"], "kobo"),
        (["q1", *ODK_TAIL], "odk"),
        (["name", "PARENT_KEY", "KEY"], "odk"),
        (["q1", "q2"], "table"),
        (["key"], "table"),
    ],
)
def test_a_source_gives_itself_away_by_its_columns(headers, name):
    assert source_of(headers, with_card=False).name == name


def test_a_card_beside_the_table_is_our_template():
    assert source_of(["q1"], with_card=True).name == "template"


@pytest.mark.parametrize("header", [*KOBO_TAIL, "__version__001", "meta.instanceID", "start"])
def test_kobo_metadata_of_every_age_is_known(header):
    assert KOBO.is_metadata(header)


@pytest.mark.parametrize("header", ODK_TAIL)
def test_odk_metadata_is_known(header):
    assert ODK.is_metadata(header)


def test_a_header_is_cut_at_every_separator_but_never_to_nothing():
    assert list(KOBO.splits("a/b.c")) == [("a", "b.c"), ("a/b", "c")]
    assert list(ODK.splits("-a-")) == []
    assert list(KOBO.splits("a/" * 300)) == []
