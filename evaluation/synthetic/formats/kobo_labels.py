"""A KoboToolbox CSV with labels: `;`, every cell quoted, CRLF, UTF-8 without BOM."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from evaluation.synthetic.kobo_metadata import HEAD, TAIL, head, tail
from evaluation.synthetic.rows import texts
from evaluation.synthetic.sending import Form, Sending
from evaluation.synthetic.wording import worded


def write(path: Path, sending: Sending, form: Form, *, language: str) -> None:
    fields = form.instrument.row_fields
    asked = form.where_and_when()
    once = dict(sending.card(form.instrument, 1).values)
    alike = np.zeros(len(sending.rows), dtype=np.int64)
    days = sending.days(form)
    columns = [
        *head(days),
        *(worded(texts([once[f.name]], alike), f, language) for f in asked),
        *(worded(sending.rows.columns[f.name], f, language) for f in fields),
        *tail(sending, days),
    ]
    titles = [sending.header(f, language) for f in (*asked, *fields)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow([*HEAD, *titles, *TAIL])
        writer.writerows(zip(*columns, strict=True))
