"""`stories audit`: what the gate out hid of the latest comparison, for the evaluator alone."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from evaluation.errors import SettingsError
from evaluation.language import Language
from evaluation.release import protect
from evaluation.settings import Settings
from evaluation.store.engine import open_store, reading
from flows.commands.screen import study_of, tell, write_file
from flows.help import command
from flows.releasing import earlier_reports, facts_of, latest


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "audit", say("cli.audit"))
    def run(
        explain: Annotated[Path | None, typer.Option(help=say("cli.option.explain"))] = None,
    ) -> None:
        from evaluation.release.disclosure.coefficients import left_open
        from evaluation.release.disclosure.reasons import reasons_of  # numpy
        from evaluation.release.evaluator_page import audit_lines, evaluator_page

        settings, now = Settings.from_env(), datetime.now(UTC)
        require_own_place(explain, settings.reports)
        study, engine = study_of(settings), open_store(settings.database_url)
        chosen = latest(engine, now=now)
        with reading(engine) as conn:
            facts = facts_of(conn, study, chosen)
            earlier = earlier_reports(conn, chosen, now)
        released = protect(facts, study.disclosure, earlier=earlier)
        for line in audit_lines(released.audit, say):
            tell(line)
        minimum = study.disclosure.minimum_cell
        for each in left_open(facts.comparison.estimates, earlier, minimum=minimum):
            points = say.number(each.points, 1)
            tell(say("audit.left_open", outcome=each.outcome, few=each.few, points=points))
        if explain is not None:
            reasons = reasons_of(released, facts, earlier=earlier)
            write_file(explain, evaluator_page(released, reasons, say, facts.measures.losses))
            explain.chmod(0o600)
            tell(say("cli.audit.explained", path=explain))
        tell(say("audit.keep"))


def require_own_place(explain: Path | None, reports: Path) -> None:
    """SettingsError: it would lie among the reports, which are handed on."""
    if explain is not None and explain.resolve().is_relative_to(reports.resolve()):
        raise SettingsError("explained_in_reports", place=reports)
