"""`stories push kobo|odk`: a dataset's form, made from its questionnaire, goes onto a server."""

from typing import Annotated

import typer

from evaluation.design import Instrument, Study
from evaluation.errors import SettingsError
from evaluation.forms.xlsform import build_xlsform, form_sheets
from evaluation.language import Language
from evaluation.servers import kobo_deploying, odk_deploying
from evaluation.servers.deploying import Deployed, OwnForm
from evaluation.servers.opening import Tool, connected
from evaluation.servers.patience import Patience
from evaluation.settings import Settings
from flows.commands.screen import dataset_of, study_of, tell, working
from flows.help import command
from flows.pulling import tool_of


def add_to(app: typer.Typer, say: Language) -> None:
    @command(app, "push", say("cli.push"))
    def run(
        tool: Annotated[str, typer.Argument(metavar="kobo|odk", help=say("cli.option.tool"))],
        server: Annotated[str, typer.Option(help=say("cli.option.server"))],
        form: Annotated[str | None, typer.Option(help=say("cli.option.push_form"))] = None,
        project: Annotated[int | None, typer.Option(help=say("cli.option.project"))] = None,
        dataset: Annotated[str | None, typer.Option(help=say("cli.option.dataset"))] = None,
    ) -> None:
        settings = Settings.from_env()
        study = study_of(settings)
        own = own_form(study, study.instruments[dataset_of(study, dataset)], say.code)
        with working(say, "cli.working.push"):
            deployed = _deploy(tool_of(tool), server, settings, own, form, project)
        title = say.text(own.instrument.title)
        tell(say(f"cli.push.{deployed.outcome}", title=title, version=own.instrument.version))
        tell(say("cli.push.form", form=deployed.form))


def own_form(study: Study, instrument: Instrument, language: str) -> OwnForm:
    sheets = form_sheets(instrument, study, language)
    content = build_xlsform(instrument, study, language)
    return OwnForm(instrument, content, sheets["survey"], sheets["choices"])


def _deploy(
    tool: Tool,
    server: str,
    settings: Settings,
    own: OwnForm,
    form: str | None,
    project: int | None,
) -> Deployed:
    if tool is Tool.ODK and project is None:
        raise SettingsError("server_project_unsaid")
    if tool is Tool.ODK and form not in (None, own.instrument.id):
        raise SettingsError("server_form_named", dataset=own.instrument.id)
    patience = Patience()
    with connected(tool, server, settings, patience) as web:
        if tool is Tool.KOBO:
            return kobo_deploying.deploy(web, own, form, patience)
        return odk_deploying.deploy(web, own, project or 0)
