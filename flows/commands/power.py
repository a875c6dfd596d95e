"""`stories power`: which effect this study could find, as a table and a chart."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evaluation.design import Study
from evaluation.errors import SettingsError
from evaluation.language import Language
from evaluation.records.power import PowerLine
from evaluation.release import Mark
from evaluation.settings import Settings
from flows.commands.compare import end_of_day
from flows.commands.screen import study_of, tell, working, write_file
from flows.comparison import plan_of
from flows.environment import make_home
from flows.help import command

if TYPE_CHECKING:
    from evaluation.analysis import PowerAnswer
    from evaluation.release.disclosure import Cell
    from evaluation.release.disclosure.power import ReleasedPower

COLUMNS = (
    "cli.powered.outcome",
    "cli.powered.scenario",
    "cli.powered.design",
    "cli.powered.children",
    "cli.powered.icc",
    "cli.powered.analytic",
    "cli.powered.simulated",
    "cli.powered.deviations",
    "cli.powered.half",
    "cli.powered.dof",
    "cli.powered.answered",
)
FIGURES = (
    "children",
    "icc",
    "analytic",
    "detectable",
    "deviations",
    "half",
    "dof",
    "answered",
)
"""Of a released answer, in the order of the columns after the design's."""

CHARTS = (".png", ".svg")


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "power", say("cli.power"))
    def run(
        as_of: Annotated[str | None, typer.Option(help=say("cli.option.as_of"))] = None,
        draws: Annotated[int, typer.Option(min=2, help=say("cli.option.draws"))] = 1_000,
        seed: Annotated[int, typer.Option(min=0, help=say("cli.option.draw_seed"))] = 2022,
        lost: Annotated[float, typer.Option(help=say("cli.option.lost"))] = 0.10,
        correlation: Annotated[float, typer.Option(help=say("cli.option.between_waves"))] = 0.6,
        out: Annotated[Path | None, typer.Option(help=say("cli.option.out"))] = None,
        chart: Annotated[Path | None, typer.Option(help=say("cli.option.chart"))] = None,
    ) -> None:
        if chart is not None and chart.suffix not in CHARTS:
            raise SettingsError("chart_kind", known=", ".join(CHARTS))
        make_home()
        from flows.power import power

        study = study_of(Settings.from_env())
        with working(say, "cli.working.power"):
            answers = power(end_of_day(as_of), draws, seed, lost, correlation)
        released = protected(answers, study)
        terms = {"draws": draws, "seed": str(seed), "lost": lost, "between": correlation}
        lines = list(table(released, study, say, terms))
        for line in lines:
            tell(line)
        if out is not None:
            write_file(out, ("\n".join(lines) + "\n").encode())
            tell(say("cli.written", path=out))
        if chart is not None:
            write_file(chart, drawn(shown_of(answers, released), study, say, chart.suffix))
            tell(say("cli.written", path=chart))


def protected(answers: "list[PowerAnswer]", study: Study) -> "tuple[ReleasedPower, ...]":
    from evaluation.release.disclosure.power import protect_power

    return protect_power([_line(answer) for answer in answers], study.disclosure)


def shown_of(
    answers: "list[PowerAnswer]", released: "tuple[ReleasedPower, ...]"
) -> "list[PowerAnswer]":
    """What a chart may be drawn of."""
    return [a for a, r in zip(answers, released, strict=True) if not r.hidden]


def _line(answer: "PowerAnswer") -> PowerLine:
    asked, found = answer.question, answer.simulated
    if asked.assumed is None or found is None:
        return PowerLine(asked.outcome, asked.scenario, reason=answer.reason)
    assumed = asked.assumed
    return PowerLine(
        asked.outcome,
        asked.scenario,
        pilot=assumed.pilot,
        comparison=assumed.comparison,
        spread=assumed.spread,
        icc=assumed.icc,
        analytic=answer.analytic,
        detectable=found.detectable,
        half=found.power[0],
        dof=found.mean_dof,
        answered=found.answered,
    )


def table(
    answers: "tuple[ReleasedPower, ...]", study: Study, say: Language, terms: dict[str, object]
) -> Iterator[str]:
    """Lines of Markdown, and below what one more pilot region would buy."""
    plan = plan_of(study)
    yield _row(say(key) for key in COLUMNS)
    yield _row("---" for _ in COLUMNS)
    for answer in answers:
        yield _row(_cells(answer, study, say))
    yield ""
    yield say("cli.powered.note", power=plan.power, alpha=plan.alpha, **terms)
    found = {(a.outcome, a.scenario): a.analytic for a in answers}
    for outcome in plan.outcomes:
        now, then = (found[outcome.id, way] for way in ("as_it_is", "one_more_pilot"))
        if not isinstance(now, Mark) and not isinstance(then, Mark):
            name = say.text(study.scales[outcome.scale].name)
            yield say("cli.powered.more", outcome=name, now=now.value, then=then.value)


def drawn(answers: "list[PowerAnswer]", study: Study, say: Language, kind: str) -> bytes:
    from evaluation.analysis import draw_power

    names = {o.id: say.text(study.scales[o.scale].name) for o in plan_of(study).outcomes}
    content = BytesIO()
    figure = draw_power(answers, names=names, power=plan_of(study).power, say=say)
    figure.savefig(content, format=kind.removeprefix("."))
    return content.getvalue()


def _cells(answer: "ReleasedPower", study: Study, say: Language) -> Iterator[str]:
    scale = next(o.scale for o in plan_of(study).outcomes if o.id == answer.outcome)
    yield say.text(study.scales[scale].name)
    yield say(f"cli.powered.scenario.{answer.scenario}")
    if answer.reason:
        yield say(f"reason.{answer.reason}")
        yield from [say.number(None)] * (len(COLUMNS) - 3)
        return
    yield f"{answer.regions_pilot}v{answer.regions_comparison}"
    for column in FIGURES:
        yield _text(getattr(answer, column), say)


def _text(cell: "Cell", say: Language) -> str:
    """Percents without their sign: the column's name has it."""
    if isinstance(cell, Mark):
        return say.number(None) if cell is Mark.NOT_AVAILABLE else f"[{cell}]"
    return say.number(
        100 * cell.value if cell.percent else cell.value, 0 if cell.percent else cell.decimals
    )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
