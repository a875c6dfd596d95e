"""`stories calibrate`: how often the analysis is wrong with so few regions, as a table to keep.

Nothing is read and nothing is stored: the studies are drawn, tested and counted. Rows come as
soon as they are there, so that a run of half an hour can be watched, and piped into a file.
"""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from math import isnan, sqrt
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evaluation.errors import SettingsError
from evaluation.language import Language
from flows.commands.screen import tell, working, write_file
from flows.help import command

if TYPE_CHECKING:
    from evaluation.analysis.calibration import Cell, Result
    from evaluation.analysis.calibration.counting import Mapping

DRAWS = 4_000
COLUMNS = (
    "cli.calibrated.design",
    "cli.calibrated.icc",
    "cli.calibrated.ratio",
    "cli.calibrated.dof",
    "cli.calibrated.covered",
    "cli.calibrated.found",
    "cli.calibrated.answered",
    "cli.calibrated.published",
    "cli.calibrated.headline",
    "cli.calibrated.wild",
    "cli.calibrated.permutation",
    "cli.calibrated.mixed",
    "cli.calibrated.clustered",
    "cli.calibrated.independent",
)


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "calibrate", say("cli.calibrate"))
    def run(
        designs: Annotated[str | None, typer.Option(help=say("cli.option.designs"))] = None,
        draws: Annotated[int, typer.Option(min=1, help=say("cli.option.draws"))] = DRAWS,
        seed: Annotated[int, typer.Option(min=0, help=say("cli.option.draw_seed"))] = 2022,
        processes: Annotated[int, typer.Option(min=0, help=say("cli.option.processes"))] = 0,
        out: Annotated[Path | None, typer.Option(help=say("cli.option.out"))] = None,
    ) -> None:
        cells = cells_of(designs)
        lines = []
        with working(say, "cli.working.calibrate"), shared_out(processes) as mapped:
            for line in table(cells, draws=draws, seed=seed, mapped=mapped, say=say):
                lines.append(line)
                tell(line)
        if out is not None:
            write_file(out, ("\n".join(lines) + "\n").encode())
            tell(say("cli.written", path=out))


def cells_of(designs: str | None) -> "tuple[Cell, ...]":
    """Of designs as they are typed, "4v4,3v6"; of all that the pilot could have where none is."""
    from evaluation.analysis.calibration import cell_of, every_cell

    if designs is None:
        return every_cell()
    asked = [design.strip() for design in designs.split(",")]
    if wrong := [design for design in asked if cell_of(design, icc=0.0) is None]:
        raise SettingsError("unknown_design", name=wrong[0])
    return every_cell(asked)


@contextmanager
def shared_out(processes: int) -> "Iterator[Mapping]":
    """A `map` over so many processes (0: as many as there are processors); one needs no other."""
    number = processes or os.cpu_count() or 1
    if number == 1:
        yield map
        return
    # Started anew, not forked: a fork of a process with threads can stand still for ever.
    with ProcessPoolExecutor(number, mp_context=get_context("spawn")) as pool:
        yield pool.map


def table(
    cells: "tuple[Cell, ...]", *, draws: int, seed: int, mapped: "Mapping", say: Language
) -> Iterator[str]:
    """Lines of Markdown; what is outside the promised limits is bold."""
    from evaluation.analysis.calibration import calibrate

    yield _row(say(key) for key in COLUMNS)
    yield _row("---" for _ in COLUMNS)
    for result in calibrate(cells, draws=draws, seed=seed, mapped=mapped):
        yield line_of(result, say)
    yield ""
    chance = 100 * sqrt(0.05 * 0.95 / draws)
    yield say("cli.calibrated.note", draws=draws, seed=str(seed), chance=chance)


def line_of(result: "Result", say: Language) -> str:
    return _row(_cells(result, say))


def _cells(result: "Result", say: Language) -> Iterator[str]:
    def percent(value: float, *, good: bool = True) -> str:
        text = say.number(None if isnan(value) else 100 * value, 1)
        return text if good else f"**{text}**"

    from evaluation.analysis.calibration.limits import covers_enough, keeps_its_level

    yield result.cell.design
    yield say.number(result.cell.icc, 2)
    yield say.number(result.cell.variance_ratio)
    yield say.number(result.mean_dof, 1)
    yield percent(result.covered.value, good=covers_enough(result.covered))
    yield percent(result.found.value)
    yield percent(result.answered.value)
    yield percent(result.published.value)
    for share in result.rejected:
        yield percent(share.value, good=keeps_its_level(share))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
