"""A returned workbook of 5,000 rows, against a bare load and save of the same file by openpyxl."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook

from benchmarks.ingest import ROWS, settings_in, workbook
from benchmarks.timing import seconds
from evaluation.design import Study, load_study
from evaluation.intake import Sender, check
from evaluation.intake.outcomes import Intake
from evaluation.intake.returned.workbook import returned_workbook
from evaluation.language import Language
from evaluation.records.batches import Card
from evaluation.settings import Settings

WRONG = {"few": 20, "many": 2}
"""Every so manieth row gets an answer that there is not."""
RUNS = 3


def with_wrong_answers(content: bytes, study: Study, every: int) -> bytes:
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    names = [field.name for field in study.instruments["child_questionnaire"].row_fields]
    column = names.index("sex") + 1
    for row in range(2, ROWS + 2, every):
        sheet.cell(row, column).value = "?"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def judged(content: bytes, study: Study, settings: Settings) -> Intake:
    return check(
        content,
        study=study,
        instrument=None,
        region=None,
        wave=None,
        declared=Card(),
        expectations=settings.expectations,
        already_stored=lambda respondents, wave: frozenset(),
    )


def main() -> None:
    with TemporaryDirectory() as name:
        settings = settings_in(Path(name))
        clean, _ = workbook(settings)
    study = load_study(settings.study)
    say = Language("kk")
    columns = len(study.instruments["child_questionnaire"].row_fields)
    print(f"a workbook of {ROWS} rows x {columns} columns")
    for how, every in WRONG.items():
        content = with_wrong_answers(clean, study, every)
        intake = judged(content, study, settings)

        def bare(content: bytes = content) -> object:
            return load_workbook(io.BytesIO(content)).save(io.BytesIO())

        def returned(content: bytes = content, intake: Intake = intake) -> object:
            return returned_workbook(content, intake.verdict, study, Sender(), say)

        floor = seconds(bare, runs=RUNS)
        took = seconds(returned, runs=RUNS)
        print(f"bare load and save by openpyxl         {floor:6.2f} s   1.00")
        print(
            f"returned, {how} remarks ({len(intake.findings):4})          "
            f"{took:6.2f} s  {took / floor:5.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
