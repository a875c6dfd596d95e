"""docs/faults.md: every fault, and what its sender reads in three languages.

`python -m tests.evaluation.intake.faults.page` writes it anew.
"""

import tempfile

from evaluation.intake import receipt_text
from evaluation.language import Language
from evaluation.settings import CHECKOUT
from tests.evaluation.intake.faults.cases_01_20 import CASES as FIRST
from tests.evaluation.intake.faults.cases_21_44 import CASES as SECOND
from tests.evaluation.intake.faults.cases_hidden import CASES as HIDDEN
from tests.evaluation.intake.faults.desk import Desk

CASES = tuple(sorted((*FIRST, *SECOND, *HIDDEN), key=lambda case: case.number))
PAGE = CHECKOUT / "docs/faults.md"
LANGUAGES = ("kk", "ru", "en")
HEAD = """\
# How uploads fail, and what is said

Every way of domain.md §5, made as a file by the tests and put through the gate. Below each: what
became of the file, and word for word what its sender reads. Where nothing is said, the file was
read as it was meant. Made from `tests/evaluation/intake/faults`, where every file can be seen:
`python -m tests.evaluation.intake.faults.page` writes this page anew, and a test compares.
"""


def entries(intake, desk, code):
    """The findings of a receipt, without its number and its counts."""
    text = receipt_text(intake.verdict, Language(code), desk.child)
    _, *findings = text.split("\n## ")
    return [line for part in findings for line in part.splitlines()[1:] if line]


def section(case, intake, desk):
    """One fault as the page has it."""
    lines = [f"## {case.number} · {case.what}", "", f"`{intake.status}`"]
    rules = dict.fromkeys((f.rule, f.severity, f.effect) for f in intake.findings)
    lines += [f"`{rule}` {severity}, {effect}" for rule, severity, effect in rules]
    for code in LANGUAGES:
        said = entries(intake, desk, code)
        lines += ["", f"**{code}**", "", *said] if said else []
    return "\n".join(lines) + "\n"


def made(case):
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(folder)
        return section(case, case.make(desk), desk)


if __name__ == "__main__":
    PAGE.write_text("\n".join([HEAD, *map(made, CASES)]), encoding="utf-8", newline="\n")
