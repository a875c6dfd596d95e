"""What is typed into a cell never leaves it: not in a finding, an error, a log, or a result."""

import logging

import great_expectations as gx
import pandas as pd
import pytest

from evaluation.errors import DeliveryError
from evaluation.intake import receipt_text
from evaluation.intake.suite import BETWEEN, IN_SET, Rule
from evaluation.intake.validation import ROWS_ONLY, _batch_of, _validate, failing_rows
from evaluation.language import Language, languages
from tests.evaluation.intake.given import (
    ADA,
    BEN,
    PUPIL,
    changed,
    checked,
    pupil_rows,
    rules,
    text_table,
    workbook,
)

# Check digits right, month 13: they can belong to nobody.
IIN = "001300500016"
CANARY = "Zebrawood"


def everything_said(intake, study):
    said = [repr(intake.findings), repr(intake.tally), repr(intake.card), str(intake.status)]
    for code in languages():
        said.append(
            receipt_text(intake.verdict, Language(code), study.instruments.get(intake.instrument))
        )
    return "\n".join(said)


ROWS = {
    "a wrong code": changed(BEN, Code=CANARY),
    "a wrong choice": changed(BEN, Sex=CANARY),
    "a wrong number": changed(BEN, Age=CANARY),
    "a wrong date": changed(BEN, Date=CANARY),
    "a wrong list": changed(BEN, Clubs=CANARY),
    "a wrong answer": changed(BEN, wb_1=CANARY),
    "a wrong consent": changed(BEN, Consent=CANARY),
}


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_typed_text_is_never_repeated(study, caplog, capfd, name, kind):
    rows = pupil_rows(ADA, ROWS[name])
    content = text_table(rows) if kind == "csv" else workbook(("data", rows))
    with caplog.at_level(logging.DEBUG):
        intake = checked(content, study)
    assert intake.findings
    assert CANARY not in everything_said(intake, study)
    assert CANARY not in caplog.text
    assert CANARY not in "".join(capfd.readouterr())
    assert not intake.accepted.astype(str).eq(CANARY).to_numpy().any()


@pytest.mark.parametrize(
    "content",
    [
        text_table([[*PUPIL, CANARY], [*ADA, CANARY]]),
        text_table([[*PUPIL, ""], [*ADA, CANARY]]),
        text_table([[*PUPIL, "Region"], [*ADA, CANARY]]),
        workbook((CANARY, pupil_rows(ADA)), ("two", pupil_rows(BEN))),
        f'Code,Sex\r\n"{CANARY}'.encode() + b"x" * 200_000,
        f"{CANARY},{CANARY}\r\n".encode(),
    ],
)
def test_a_header_a_sheet_and_a_broken_file_are_never_repeated(study, content):
    intake = checked(content, study)
    assert CANARY not in everything_said(intake, study)


def test_an_identifier_refuses_the_batch_and_is_never_repeated(study):
    intake = checked(text_table(pupil_rows(ADA, changed(BEN, Code=IIN))), study)
    assert "personal_data" in rules(intake)
    assert IIN not in everything_said(intake, study)
    assert intake.accepted.empty


def test_results_of_great_expectations_hold_rows_and_no_values():
    frame = pd.DataFrame({"sex": pd.Series(["F", CANARY, IIN], dtype="str")})
    rule = Rule(IN_SET, {"column": "sex", "value_set": ["F", "M"]}, "not_in_list")
    results = _validate(_batch_of(frame), [rule], ROWS_ONLY)
    text = repr(results) + str(results[0].to_json_dict()) + str(results[0].describe_dict())
    assert CANARY not in text
    assert IIN not in text
    assert failing_rows(frame, [rule]) == ((1, 2),)


def test_a_rule_that_cannot_be_asked_is_our_mistake_and_names_no_value():
    frame = pd.DataFrame({"age": pd.Series([CANARY], dtype="str")})
    rule = Rule(BETWEEN, {"column": "age", "min_value": 1, "max_value": 2}, "out_of_range")
    with pytest.raises(AssertionError) as mistake:
        failing_rows(frame, [rule])
    assert BETWEEN in str(mistake.value)
    assert CANARY not in str(mistake.value)
    assert gx.__version__.startswith("1.")


def test_an_error_of_reading_carries_no_content(study):
    from evaluation.intake.reading.files import read_file

    with pytest.raises(DeliveryError) as refused:
        read_file(CANARY.encode("utf-16-le")[:-1] + b"\xff\xfe" * 9, study.intake, len)
    assert CANARY not in f"{refused.value!r} {refused.value.__cause__!r}"
