"""An ODK Central CSV: `,`, XML names behind their group's name and a hyphen, its own metadata."""

from __future__ import annotations

import csv
from pathlib import Path

from evaluation.design import Field
from evaluation.synthetic.kobo_metadata import identifier
from evaluation.synthetic.sending import Form, Sending

TAIL = (
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
)


def write(path: Path, sending: Sending, form: Form) -> None:
    fields = form.instrument.row_fields
    count = len(sending.rows)
    ids = [f"uuid:{identifier(sending, row)}" for row in range(count)]
    tail = ["1", "synthetic", "0", "0", "", "", "", "0", str(form.instrument.version)]
    columns = [
        [f"{day}T06:00:00.000Z" for day in sending.days(form)],
        *(sending.rows.columns[f.name].tolist() for f in fields),
        ids,
        ids,
        *([said] * count for said in tail),
    ]
    titles = [sending.retitled.get(f.name, f"{_group(f)}-{f.name}") for f in fields]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["SubmissionDate", *titles, *TAIL])
        writer.writerows(zip(*columns, strict=True))


def _group(field: Field) -> str:
    return "questions" if field.item else "about"
