"""What a fuzzer throws at the gate, and what must hold whatever it throws.

Used by the bounded runs of the test suite and by the long ones of `python -m tests.fuzz`.
"""

import io
import json
import time
import zipfile

from evaluation.errors import DeliveryError
from evaluation.intake import receipt_text
from evaluation.intake.opened import Sender, open_delivery
from evaluation.intake.reading import archive
from evaluation.intake.reading.marks import _marks
from evaluation.intake.reading.nested import read_submissions
from evaluation.intake.reading.package import check_package
from evaluation.language import Language, languages
from evaluation.records.batches import LIVE, Status
from tests.evaluation.intake.given import ADA, BEN, PUPIL, checked, pupil_rows, text_table, workbook

SECONDS = 10
SMALL = {"bytes": 1e5, "rows": 50, "columns": 40, "unpacked_bytes": 1e6}
TAIL = ("_id", "_uuid", "_submission_time", "_validation_status")
ROWS = pupil_rows(ADA, BEN)
NESTED = {
    "count": 2,
    "results": [
        {**dict(zip(PUPIL, row, strict=True)), "_uuid": row[0], "kids": [{"kids/a": 1}], "at": {"x": [1]}}
        for row in (ADA, BEN)
    ],
}  # fmt: skip


def zipped(**members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(f"{name}.csv", data)
    return content.getvalue()


TABLE = text_table(
    [(*PUPIL, *TAIL), *[(*row, "1", f"u-{row[0]}", "2022-03-14", "") for row in (ADA, BEN)]]
)
SEEDS = {
    "csv": TABLE,
    "semicolons": text_table(ROWS, separator=";"),
    "utf-16": text_table(ROWS, encoding="utf-16"),
    "one byte a letter": text_table([["Код", "Пол"], ["a1", "ж"]], encoding="cp1251"),
    "json": json.dumps(NESTED).encode(),
    "archive": zipped(form=TABLE, child=b"age,PARENT_KEY,KEY\r\n9,one,two\r\n"),
    "workbook": workbook(("data", ROWS), ("card", [["Region", "n"], ["Wave", 0]])),
}


def judged_well(content, study):
    """No crash, no hang, and whoever sent it can read in their language what became of it."""
    start = time.process_time()
    intake = checked(content, study)
    assert time.process_time() - start < SECONDS
    assert intake.status in LIVE | {Status.REFUSED}
    assert intake.findings or intake.status is Status.ACCEPTED
    form = study.instruments.get(intake.instrument)
    for code in languages():
        assert receipt_text(intake.verdict, Language(code), form)
    assert len(intake.accepted) == intake.tally.accepted
    return intake


def opened(content, study):
    """Reading and recognising alone: everything but the rules, which see no bytes."""
    try:
        open_delivery(content, study, Sender(region="n", wave=0))
    except DeliveryError:
        return


def submissions(content):
    try:
        for table in read_submissions(content, rows=50, columns=40).tables:
            assert all(len(codes) == table.rows + 1 for _, codes in table.columns())
    except DeliveryError:
        return


def package(content):
    """What looks at a zip before and beside the parser of workbooks."""
    try:
        if archive.recognises(content):
            archive.read(content, SMALL, len)
        else:
            check_package(content, 1_000_000)
    except DeliveryError:
        return


def sheet(content):
    """The bytes of one worksheet."""
    seen = _marks(content)
    assert all(row >= -1 for row in seen.hidden_rows)
