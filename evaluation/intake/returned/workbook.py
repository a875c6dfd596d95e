"""A delivered file and its verdict → the workbook that its sender gets back, in their language.

Where anything personal was found, none of their cells travel on: a returned workbook is mailed and
shared, and the cells beside a name are as personal as the name. Then only our two sheets return.
"""

from __future__ import annotations

import subprocess
import sys

from evaluation.design import Instrument, Study
from evaluation.errors import DeliveryError
from evaluation.intake.corrections import persons_of
from evaluation.intake.opened import Opened, Sender, open_delivery
from evaluation.intake.reading.files import read_file
from evaluation.intake.reading.sheets import Reading
from evaluation.intake.reading.workbook import CHECKOUT, recognises
from evaluation.intake.recognise.vocabulary import word_counter
from evaluation.intake.returned.everything import everything
from evaluation.intake.returned.fix_first import fix_first
from evaluation.intake.returned.marking import dropdowns_of, marks_of
from evaluation.intake.returned.plan import Plan
from evaluation.intake.returned.reply import set_apart
from evaluation.intake.returned.worker import packed
from evaluation.language import Language
from evaluation.records.findings import Effect
from evaluation.records.verdicts import Verdict

MEMORY = 1 << 30
SECONDS = 120.0
PROGRAM = (
    # 300,000 cells are no garbage; looking for some among them takes a third of the time.
    "import gc, sys; gc.disable(); from evaluation.intake.returned.worker import main; "
    "main(sys.stdin.buffer, sys.stdout.buffer, memory={memory})"
)
PERSONAL = "personal"
"""What the rules begin with that refuse a file for what it tells about people."""


def returned_workbook(
    content: bytes | None, verdict: Verdict, study: Study, sender: Sender, say: Language
) -> bytes:
    """xlsx. `content` None: the bytes are no longer kept, or never were a table."""
    opened = _opened(content, verdict, study, sender)
    instrument = study.instruments.get(verdict.instrument)
    plan = _plan(verdict, say, instrument, opened)
    if content is None or opened is None:
        return _in_plain_cells(Reading(()), plan)
    if recognises(content):
        made = _in_their_own(content, plan)
        if made is not None:
            return made
    reading, _ = set_apart(read_file(content, study.intake, word_counter(study)))
    return _in_plain_cells(reading, plan)


def holds_personal_data(verdict: Verdict) -> bool:
    return any(
        each.effect is Effect.REFUSE and each.rule.startswith(PERSONAL) for each in verdict.findings
    )


def _opened(content: bytes | None, verdict: Verdict, study: Study, sender: Sender) -> Opened | None:
    if content is None or holds_personal_data(verdict):
        return None
    try:
        return open_delivery(content, study, sender)
    except DeliveryError:
        return None  # no table: there is no cell that could be marked


def _plan(
    verdict: Verdict, say: Language, instrument: Instrument | None, opened: Opened | None
) -> Plan:
    persons = persons_of(opened) if opened is not None else {}
    there = opened is not None
    pages = (
        fix_first(verdict, say, instrument, with_data=there),
        everything(verdict, say, instrument, persons, with_data=there),
    )
    if opened is None:
        return Plan(pages)
    return Plan(
        pages,
        marks=marks_of(verdict.findings, say, instrument),
        dropdowns=dropdowns_of(opened, say),
        table=say("template.sheet_answers"),
        first_row=int(opened.rows.min()) if len(opened.rows) else 1,
    )


def _in_their_own(
    content: bytes, plan: Plan, *, memory: int = MEMORY, seconds: float = SECONDS
) -> bytes | None:
    """None where openpyxl cannot read what another reader could."""
    try:
        child = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", PROGRAM.format(memory=memory)],
            input=packed(plan, content),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a parser's last words may quote the file
            timeout=seconds,
            cwd=CHECKOUT,
            env={},
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return None
    return child.stdout


def _in_plain_cells(reading: Reading, plan: Plan) -> bytes:
    from evaluation.intake.returned.annotating import annotated
    from evaluation.intake.returned.from_table import book_of

    book, sheets = book_of(reading, plan.table, plan.first_row)
    return annotated(book, sheets, plan)
