"""`stories compare`: the analysis plan, on the data as they stood on a day."""

from datetime import UTC, datetime, time
from typing import Annotated

import typer

from evaluation.errors import SettingsError
from evaluation.language import Language
from flows.commands.screen import tell, working
from flows.environment import make_home
from flows.help import command


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "compare", say("cli.compare"))
    def run(
        as_of: Annotated[str | None, typer.Option(help=say("cli.option.as_of"))] = None,
    ) -> None:
        make_home()
        from flows.compare import compare

        with working(say, "cli.working.compare"):
            run = compare(end_of_day(as_of))
        tell(say("cli.compared", run=run))


def end_of_day(day: str | None) -> datetime | None:
    """The last moment of the day in UTC, so that the day itself is in."""
    if day is None:
        return None
    try:
        return datetime.combine(datetime.fromisoformat(day).date(), time.max, tzinfo=UTC)
    except ValueError:
        raise SettingsError("not_a_day") from None
