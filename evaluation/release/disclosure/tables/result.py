"""What leaves of a set of tables, and what only the evaluator may know about it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import InitVar, dataclass
from typing import TYPE_CHECKING

from evaluation.language import Language
from evaluation.release.disclosure.cells import Cell, Mark
from evaluation.release.disclosure.seal import Seal, Sealed, guard
from evaluation.release.disclosure.tables.rules import Rule

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class TableAudit(Sealed):
    """How much was hidden, and how near a reader can come to it.

    `narrowest`: width, in children, of the closest interval of any hidden cell; None where
    nothing is hidden. `kept`: share of the tables' information that is shown, by weight.
    `told_before`: primary cells that an earlier release has shown: they cannot be taken back.
    `optimal`: nothing cheaper could have been hidden (proved); else it is near.
    """

    cells: int
    primary: int
    secondary: int
    narrowest: int | None
    kept: float
    told_before: int
    optimal: bool
    minimum_cell: int
    round_counts_to: int
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one cell is hidden: for the evaluator alone, it says which cells are small."""

    table: str
    row: str
    column: str
    rule: Rule

    def sentence(self, say: Language) -> str:
        why = say(f"disclosure.word.{self.rule}")
        return say("disclosure.sentence", row=self.row, column=self.column, why=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedTable(Sealed):
    """One table: its labels as they came, and a cell for each."""

    name: str
    index: tuple[Hashable, ...]
    columns: tuple[Hashable, ...]
    index_name: Hashable
    columns_name: Hashable
    cells: tuple[tuple[Cell, ...], ...]
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)

    def frame(self) -> pd.DataFrame:
        """Numbers and marks ("[c]"), a new frame each time."""
        import pandas as pd

        shown = [
            [f"[{cell}]" if isinstance(cell, Mark) else int(cell.value) for cell in row]
            for row in self.cells
        ]
        return pd.DataFrame(
            shown,
            index=pd.Index(list(self.index), name=self.index_name),
            columns=pd.Index(list(self.columns), name=self.columns_name),
            dtype=object,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedTables(Sealed):
    """`protect(table)`: what may be shown, what was hidden how, and why (evaluators only)."""

    parts: tuple[ReleasedTable, ...]
    audit: TableAudit
    explanations: tuple[Explanation, ...]
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)

    @property
    def table(self) -> pd.DataFrame:
        """The only table, or the first of several."""
        return self.parts[0].frame()

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        return {part.name: part.frame() for part in self.parts}

    def note(self, language: str) -> str:
        """What a reader is told, to stand under the table; it names no cell and no rule."""
        say, audit = Language(language), self.audit
        marks = {c for part in self.parts for row in part.cells for c in row if isinstance(c, Mark)}
        key = "disclosure.note" if audit.round_counts_to > 1 else "disclosure.note.exact"
        said = say(
            key,
            cells=audit.cells,
            hidden=audit.primary + audit.secondary,
            minimum=audit.minimum_cell,
            base=audit.round_counts_to,
        )
        return " ".join([said, *(f"[{m}] {say(f'report.mark.{m}')}" for m in Mark if m in marks)])

    def picture(self, language: str) -> bytes:
        """SVG with each hidden cell and its rule: for the evaluator, never for a report."""
        from evaluation.release.disclosure.tables.picture import draw

        return draw(self, Language(language))
