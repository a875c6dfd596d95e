"""Runs the blocks of docs/worked_example.md; `python -m tests.worked_example` writes what they print.

A page is sections of prose, ```python blocks and, after a block that prints, a ```text block. The
blocks of one section share their names. A section that needs a file says so in a comment.
"""

from __future__ import annotations

import io
import re
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/worked_example.md"
BLOCK = re.compile(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", re.S)
NEEDS = re.compile(r"<!-- needs (\S+) -->")


@dataclass(frozen=True)
class Section:
    title: str
    text: str

    @property
    def absent(self) -> str | None:
        """The file it needs and that is not there."""
        needed = NEEDS.search(self.text)
        return needed[1] if needed and not (ROOT / needed[1]).exists() else None

    @property
    def expected(self) -> list[str]:
        return [match[2] or "" for match in BLOCK.finditer(self.text)]

    def printed(self) -> list[str]:
        """What each block prints, run in the root of the checkout."""
        names: dict[str, object] = {}
        found = []
        for match in BLOCK.finditer(self.text):
            said = io.StringIO()
            with chdir(ROOT), redirect_stdout(said):
                exec(compile(match[1], self.title, "exec"), names)
            found.append("".join(f"{line.rstrip()}\n" for line in said.getvalue().splitlines()))
        return found

    def rewritten(self) -> str:
        outputs = iter(self.printed())

        def block(match: re.Match[str]) -> str:
            said = next(outputs)
            shown = f"\n```text\n{said}```\n" if said else ""
            return f"```python\n{match[1]}```\n{shown}"

        return BLOCK.sub(block, self.text)


def sections(page: Path = PAGE) -> list[Section]:
    parts = re.split(r"(?m)^(?=## )", page.read_text("utf-8"))
    return [Section(part.splitlines()[0].removeprefix("## "), part) for part in parts]


def main() -> None:
    new = [part.text if part.absent else part.rewritten() for part in sections()]
    PAGE.write_text("".join(new), "utf-8")


if __name__ == "__main__":
    main()
