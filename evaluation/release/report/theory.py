"""The theory of change as a figure: what leads to what, by the study's outline."""

from __future__ import annotations

from evaluation.design import Link, Study
from evaluation.language import Language
from evaluation.release.report.blocks import Align, Column, Figure, Group, Row, Table


def theory_figure(study: Study, say: Language) -> tuple[Figure, ...]:
    """One figure, or none where the study declares no theory."""
    links = study.texts.theory
    if not links:
        return ()
    from evaluation.release.report.charts.theory import draw

    table = _table(links, say)
    (group,) = table.groups
    steps = "; ".join(f"{row.head} → {row.cells[0]}" for row in group.rows)
    figure = Figure(
        id="theory-of-change",
        caption=say("chart.theory.title"),
        svg=draw(layers(links), arrows(links), {it.id: say.text(it.text) for it in links}, id="t"),
        alternative=say("chart.theory.alternative", steps=steps),
        table=table,
    )
    return (figure,)


def layers(links: tuple[Link, ...]) -> tuple[tuple[str, ...], ...]:
    """Boxes that stand side by side: each one step under the last of those that lead to it."""
    depth: dict[str, int] = {}
    for link in links:
        own = depth.setdefault(link.id, 0)
        for target in link.leads_to:
            depth[target] = max(depth.get(target, 0), own + 1)
    return tuple(
        tuple(id for id in depth if depth[id] == level) for level in range(max(depth.values()) + 1)
    )


def arrows(links: tuple[Link, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((link.id, target) for link in links for target in link.leads_to)


def _table(links: tuple[Link, ...], say: Language) -> Table:
    names = {link.id: say.text(link.text) for link in links}
    rows = tuple(Row(names[source], (names[target],)) for source, target in arrows(links))
    return Table(
        id="theory-data",
        caption="",
        columns=tuple(
            Column(say(f"report.column.{name}"), Align.TEXT) for name in ("cause", "leads_to")
        ),
        groups=(Group("", rows),),
    )
