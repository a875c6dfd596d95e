"""Tables that were read, as one system with everything earlier, and what is secret in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evaluation.release.disclosure.tables.asked import Question, read_tables
from evaluation.release.disclosure.tables.earlier import (
    Earlier,
    History,
    change_told,
    history_of,
)
from evaluation.release.disclosure.tables.rules import Place, Rule, primary_cells
from evaluation.release.disclosure.tables.system import (
    Key,
    Layout,
    System,
    assemble,
    lay_out,
    with_costs,
)

LINE, WHOLE = 5.0, 25.0
"""A total says something about everybody: worth more than a single cell, and hidden later."""


@dataclass(frozen=True, slots=True)
class Work:
    """Everything about one set of tables that the steps hand on."""

    questions: tuple[Question, ...]
    layout: Layout
    system: System
    worth: Mapping[Key, float]  # of every shown cell
    rules: Mapping[Key, Rule]  # of the primary cells
    impossible: frozenset[Key]
    history: History
    minimum: int
    base: int

    def places(self) -> Iterable[tuple[int, Place, Key]]:
        for index, question in enumerate(self.questions):
            for place in question.grid.places():
                yield index, place, self.layout.of(index, *place)


def prepare(
    asked: object,
    minimum: int,
    base: int,
    totals: str | None,
    importance: Mapping[str, float],
    earlier: Sequence[Earlier],
) -> Work:
    questions = read_tables(asked, totals=totals)
    layout, true, equations = lay_out([q.grid for q in questions], totals=totals)
    history = history_of(earlier, true, totals=totals, minimum=minimum)
    shown = {layout.of(i, *p) for i, q in enumerate(questions) for p in q.grid.places()}
    impossible = frozenset(
        layout.of(i, *place) for i, q in enumerate(questions) for place in q.impossible
    )
    worth = worth_of(questions, layout, importance)
    system = assemble(
        {**true, **history.true},
        [*equations, *history.equations],
        shown=frozenset(shown) | history.told,
        fixed=impossible | history.told,
        cost=worth,
    )
    rules = _changed(history, true, shown, minimum, base) | _primary(questions, layout, minimum)
    rules = {key: rule for key, rule in rules.items() if key in shown}
    return Work(
        questions, layout, with_costs(system), worth, rules, impossible, history, minimum, base
    )


def _primary(questions: Sequence[Question], layout: Layout, minimum: int) -> dict[Key, Rule]:
    found: dict[Key, Rule] = {}
    for index, question in enumerate(questions):
        cells = primary_cells(
            question.grid,
            minimum=minimum,
            impossible=question.impossible,
            parts=question.parts,
            dominance=question.dominance,
        )
        found |= {layout.of(index, *place): rule for place, rule in cells.items()}
    return found


def _changed(
    history: History, now: Mapping[Key, float], shown: set[Key], minimum: int, base: int
) -> dict[Key, Rule]:
    return {
        key: Rule.DIFFERENCING
        for key, before in history.changed.items()
        if any(change_told(now[key], then, minimum=minimum, base=base) for then in before)
    }


def worth_of(
    questions: Sequence[Question], layout: Layout, importance: Mapping[str, float]
) -> dict[Key, float]:
    costs: dict[Key, float] = {}
    for index, question in enumerate(questions):
        of_table = importance.get(question.grid.name, 1.0)
        for row, column in question.grid.places():
            if row is not None and column is not None:
                own = float(question.weights[row, column])
            else:
                own = WHOLE if row is None and column is None else LINE
            key = layout.of(index, row, column)
            costs[key] = max(costs.get(key, 0.0), own * of_table)
    return costs
