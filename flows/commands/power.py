"""`stories power`: which effect this study could find, as a table and a chart."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evaluation.design import Study
from evaluation.errors import SettingsError
from evaluation.language import Language
from evaluation.settings import Settings
from flows.commands.compare import end_of_day
from flows.commands.screen import study_of, tell, working, write_file
from flows.comparison import plan_of
from flows.help import command

if TYPE_CHECKING:
    from evaluation.analysis import PowerAnswer

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
        from flows.power import power

        study = study_of(Settings.from_env())
        with working(say, "cli.working.power"):
            answers = power(end_of_day(as_of), draws, seed, lost, correlation)
        terms = {"draws": draws, "seed": str(seed), "lost": lost, "between": correlation}
        lines = list(table(answers, study, say, terms))
        for line in lines:
            tell(line)
        if out is not None:
            write_file(out, ("\n".join(lines) + "\n").encode())
            tell(say("cli.written", path=out))
        if chart is not None:
            write_file(chart, drawn(answers, study, say, chart.suffix))
            tell(say("cli.written", path=chart))


def table(
    answers: "list[PowerAnswer]", study: Study, say: Language, terms: dict[str, object]
) -> Iterator[str]:
    """Lines of Markdown, and below what one more pilot region would buy."""
    plan = plan_of(study)
    yield _row(say(key) for key in COLUMNS)
    yield _row("---" for _ in COLUMNS)
    for answer in answers:
        yield _row(_cells(answer, study, say))
    yield ""
    yield say("cli.powered.note", power=plan.power, alpha=plan.alpha, **terms)
    found = {(a.question.outcome, a.question.scenario): a.analytic for a in answers}
    for outcome in plan.outcomes:
        now, then = (found[outcome.id, way] for way in ("as_it_is", "one_more_pilot"))
        if now is not None and then is not None:
            name = say.text(study.scales[outcome.scale].name)
            yield say("cli.powered.more", outcome=name, now=now, then=then)


def drawn(answers: "list[PowerAnswer]", study: Study, say: Language, kind: str) -> bytes:
    from evaluation.analysis import draw_power

    names = {o.id: say.text(study.scales[o.scale].name) for o in plan_of(study).outcomes}
    content = BytesIO()
    figure = draw_power(answers, names=names, power=plan_of(study).power, say=say)
    figure.savefig(content, format=kind.removeprefix("."))
    return content.getvalue()


def _cells(answer: "PowerAnswer", study: Study, say: Language) -> Iterator[str]:
    asked, found = answer.question, answer.simulated
    scale = next(o.scale for o in plan_of(study).outcomes if o.id == asked.outcome)
    yield say.text(study.scales[scale].name)
    yield say(f"cli.powered.scenario.{asked.scenario}")
    if asked.assumed is None or found is None:
        yield say(f"reason.{answer.reason}")
        yield from [say.number(None)] * (len(COLUMNS) - 3)
        return
    assumed = asked.assumed
    yield f"{len(assumed.pilot)}v{len(assumed.comparison)}"
    yield say.number(sum(assumed.pilot) + sum(assumed.comparison))
    yield say.number(assumed.icc, 3)
    yield say.number(answer.analytic, 2)
    yield say.number(found.detectable, 2)
    yield say.number(None if found.detectable is None else found.detectable / assumed.spread, 2)
    yield say.number(100 * found.power[0], 1)
    yield say.number(found.mean_dof, 1)
    yield say.number(100 * found.answered, 1)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
