"""`stories plan freeze`: the analysis plan is written down before the year-end answers come."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy import Engine

from evaluation.design import Study
from evaluation.design.plan_contents import plan_changes, plan_contents
from evaluation.errors import SettingsError
from evaluation.language import Language
from evaluation.records.planning import FrozenPlan
from evaluation.settings import Settings
from evaluation.store.engine import open_store, reading
from evaluation.store.frozen_plans import frozen_plans
from flows.actors import actor_of
from flows.commands.screen import study_of, tell
from flows.comparison import plan_of
from flows.help import command
from flows.planning import freeze

FREEZE, SHOW = "freeze", "show"


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "plan", say("cli.plan"))
    def run(
        action: Annotated[
            str, typer.Argument(metavar=f"{FREEZE}|{SHOW}", help=say("cli.option.plan_action"))
        ] = SHOW,
        actor: Annotated[str | None, typer.Option(help=say("cli.option.actor"))] = None,
    ) -> None:
        settings, now = Settings.from_env(), datetime.now(UTC)
        if action not in (FREEZE, SHOW):
            raise SettingsError("unknown_action", name=action, known=f"{FREEZE}, {SHOW}")
        who = actor_of(actor, settings) if action == FREEZE else None
        study, engine = study_of(settings), open_store(settings.database_url)
        if who is not None:
            frozen, new = freeze(engine, study, now=now, actor=who)
            tell(say("cli.plan.frozen" if new else "cli.plan.frozen_already", **_named(frozen)))
            if frozen.late:
                tell(say("cli.plan.late", moment=frozen.opened_at))
        else:
            for line in _lines(engine, study, now, say):
                tell(line)


def _lines(engine: Engine, study: Study, now: datetime, say: Language) -> Iterator[str]:
    plan = plan_of(study)
    with reading(engine) as conn:
        frozen = frozen_plans(conn, now)
    yield say("cli.plan.is", version=plan.version, day=plan.dated, digest=plan.digest)
    if not frozen:
        yield say("cli.plan.never")
    for each in frozen:
        yield say("cli.plan.was_frozen", actor=each.actor, **_named(each))
        if each.late:
            yield say("cli.plan.late", moment=each.opened_at)
    changes = plan_changes(frozen[-1].contents, plan_contents(study)) if frozen else ()
    for change in changes:
        # As in the file: whoever freezes a plan has it before them.
        what = ".".join(filter(None, (change.part, change.name)))
        yield "  " + say(f"report.plan.change.{change.change}", what=what)
    if frozen and not changes:
        yield say("cli.plan.same")


def _named(frozen: FrozenPlan) -> dict[str, object]:
    return {"digest": frozen.digest, "moment": frozen.frozen_at}
