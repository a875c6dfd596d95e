"""The child process that annotates a sender's workbook: a plan and the file in, the workbook out.

It stands apart, with bounded memory, because openpyxl is given whatever people send and gives up
in a dozen ways; whatever ends the child, the sender gets the same cells in a plain workbook.
"""

from __future__ import annotations

import io
import pickle
import resource
import warnings
from typing import BinaryIO

from evaluation.intake.returned.plan import Plan


def main(stdin: BinaryIO, stdout: BinaryIO, *, memory: int) -> None:
    """`memory` in bytes bounds the whole process; -1 leaves it as it is."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # Imported under the limit: one process, one piece of work.
    from openpyxl import load_workbook

    from evaluation.intake.returned.annotating import annotated, sheets_of

    plan, content = unpacked(stdin.read())
    with warnings.catch_warnings():
        # openpyxl says what it leaves out (slicers, newer kinds of rules); nobody reads it here.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content))
        stdout.write(annotated(book, sheets_of(book), plan))


def packed(plan: Plan, content: bytes) -> bytes:
    said = pickle.dumps(plan)
    return len(said).to_bytes(8, "big") + said + content


def unpacked(said: bytes) -> tuple[Plan, bytes]:
    end = 8 + int.from_bytes(said[:8], "big")
    plan = pickle.loads(said[8:end])
    assert isinstance(plan, Plan)
    return plan, said[end:]
