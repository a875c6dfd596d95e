from pathlib import Path

from evaluation.design import load_study
from evaluation.records.responses import responses_schema

PUPIL = load_study(Path(__file__).parents[2] / "study").instruments["pupil"]
KEY = ["batch", "source_row", "respondent", "region", "wave"]


def test_the_frame_has_the_key_then_the_row_fields_without_the_restricted():
    names = responses_schema(PUPIL).names
    assert names[:5] == KEY
    assert names[5:10] == ["sex", "age", "consent", "asked_on", "clubs"]
    assert "code" not in names  # it is the respondent
    assert "secret_group" not in names


def test_restricted_fields_come_only_on_demand():
    assert "secret_group" in responses_schema(PUPIL, restricted=True).names


def test_numbers_are_small_and_texts_are_texts():
    kinds = {column.name: column.dtype for column in responses_schema(PUPIL).columns}
    assert (kinds["wb_1"], kinds["age"], kinds["sex"], kinds["asked_on"]) == (
        "Int16",
        "Int16",
        "str",
        "str",
    )
