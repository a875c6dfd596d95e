"""SurveyCTO's CSV and ODK Central's OData, small and made up, through the gate."""

import json

import pytest

from evaluation.intake.reading.odata import ODATA
from evaluation.intake.reading.sources import source_of
from evaluation.intake.reading.surveycto import SURVEYCTO
from evaluation.records.batches import Status
from tests.evaluation.intake.given import ADA, BEN, PUPIL, checked, text_table

NAMES = (
    *("code", "sex", "age", "consent", "asked_on", "clubs", "secret_group"),
    *("wb_1", "wb_2", "wb_3", "bl_1", "bl_2"),
)
TAIL = ("KEY", "SubmissionDate", "formdef_version", "starttime", "deviceid", "username")
META = ("uuid:1", "Mar 14, 2022 6:05:00 PM", "2203", "Mar 14, 2022 6:00:00 PM", "", "")


@pytest.mark.parametrize("header", [*TAIL, "instanceID", "review_quality", "SET-OF-kids"])
def test_surveycto_metadata_is_known(header):
    assert SURVEYCTO.is_metadata(header)


@pytest.mark.parametrize("header", ["__id", "__system/submissionDate", "__system/edits", "meta/x"])
def test_odata_metadata_is_known(header):
    assert ODATA.is_metadata(header)


def test_the_tools_are_told_apart():
    assert source_of(["q", *TAIL], with_card=False).name == "surveycto"
    assert source_of(["q", "__id"], with_card=False).name == "odata"
    assert source_of(["KEY", "SubmissionDate"], with_card=False).name == "odk"


def test_a_surveycto_export_with_its_dates_and_split_answers(study):
    split = ("clubs_sport", "clubs_music")
    ada = (*ADA[:4], "Mar 14, 2022", "", *ADA[6:])
    ben = (*BEN[:4], "Mar 15, 2022", *BEN[5:])
    rows = [(*NAMES, *split, *TAIL), (*ada, "1", "1", *META), (*ben, "0", "0", "uuid:2", *META[1:])]
    intake = checked(text_table(rows), study)
    assert (intake.source, intake.status) == ("surveycto", Status.ACCEPTED), intake.findings
    assert intake.accepted.asked_on.tolist() == ["2022-03-14", "2022-03-15"]
    assert intake.accepted.clubs.isna().tolist() == [True, True]  # the summary is there, and empty
    assert len(intake.submissions) == 2


def test_without_a_summary_the_split_columns_answer(study):
    kept = [place for place, name in enumerate(NAMES) if name != "clubs"]
    header = [*[NAMES[place] for place in kept], "clubs_sport", "clubs_music", *TAIL]
    intake = checked(text_table([header, [*[ADA[p] for p in kept], "1", "1", *META]]), study)
    assert intake.accepted.clubs.tolist() == ["sport music"]


def odata(row, number):
    said = dict(zip(NAMES, row, strict=True))
    school = {name: said.pop(name) for name in NAMES[7:]}
    system = {"submissionDate": "2022-03-14T10:00:00Z", "edits": 0, "submitterName": None}
    return {"__id": f"uuid:{number}", "__system": system, "meta": {"instanceID": "x"}, **said, "school": school}  # fmt: skip


@pytest.mark.parametrize("wrapped", [True, False])
def test_nested_groups_of_odata(study, wrapped):
    rows = [odata(ADA, 1), odata(BEN, 2)]
    content = json.dumps({"value": rows} if wrapped else rows).encode()
    intake = checked(content, study)
    assert (intake.source, intake.status) == ("odata", Status.ACCEPTED), intake.findings
    assert intake.accepted.wb_1.tolist() == [1, 5]
    assert [each.edition for each in intake.submissions] == ["000000000000"] * 2


def kobo(row, number):
    names = [*NAMES[:7], *(f"school/{name}" for name in NAMES[7:])]
    tail = {
        "_id": number,
        "_uuid": f"u{number}",
        "meta/rootUuid": f"uuid:u{number}",
        "_submission_time": "2022-03-14T10:00:00",
        "_attachments": [],
        "_geolocation": [None, None],
        "_validation_status": {"uid": "validation_status_approved", "label": "Approved"},
        "_notes": [],
        "_tags": [],
        "_submitted_by": None,
    }
    return {**dict(zip(names, row, strict=True)), **tail}


def test_the_interface_of_kobotoolbox(study):
    content = json.dumps({"count": 2, "next": None, "results": [kobo(ADA, 1), kobo(BEN, 2)]})
    intake = checked(content.encode(), study)
    assert (intake.source, intake.status) == ("kobo", Status.ACCEPTED), intake.findings
    assert intake.accepted.iloc[:, 2].tolist() == ["a1", "b2"]
    assert len(PUPIL) == len(NAMES)


def test_a_number_that_one_export_has_and_another_lacks_is_the_same_submission(study):
    """Older exports know `_uuid` only; of a form that was never edited it is the root."""
    (one, _) = checked(json.dumps([kobo(ADA, 1), kobo(BEN, 2)]).encode(), study).submissions
    older = text_table([(*PUPIL, "_uuid"), (*ADA, "u1")])
    (same,) = checked(older, study).submissions
    assert one.key == same.key
