"""A server is opened with what the environment holds, and with nothing else."""

import pytest

from evaluation.errors import SettingsError
from evaluation.servers.opening import Tool, connected
from evaluation.settings import SETTINGS, Settings
from tests.evaluation.servers.kobo_server import TOKEN, KoboServer
from tests.evaluation.servers.local import no_wait
from tests.evaluation.servers.odk_server import EMAIL, PASSWORD, OdkServer
from tests.evaluation.servers.odk_server import TOKEN as ODK_TOKEN

MISSING = {
    "no token": (Tool.KOBO, {}),
    "the other server's": (Tool.KOBO, {"STORIES_ODK_TOKEN": "x"}),
    "two lines": (Tool.KOBO, {"STORIES_KOBO_TOKEN": "made\nup"}),
    "letters that no header takes": (Tool.KOBO, {"STORIES_KOBO_TOKEN": "құпия"}),
    "no token and no password": (Tool.ODK, {"STORIES_ODK_EMAIL": EMAIL}),
    "no token and no address": (Tool.ODK, {"STORIES_ODK_PASSWORD": PASSWORD}),
    "a token of two lines": (Tool.ODK, {"STORIES_ODK_TOKEN": "made\nup"}),
}


def settings(**environment):
    return Settings.from_env({"HOME": "/nowhere", **environment})


def enter(tool, server, environment):
    with connected(tool, server.url, settings(**environment), no_wait()):
        raise AssertionError("nobody may come in with this")


def test_kobo_is_opened_with_its_token():
    with KoboServer() as server:
        server.add_form("a1", [])
        with connected(
            Tool.KOBO, server.url, settings(STORIES_KOBO_TOKEN=f" {TOKEN}\n"), no_wait()
        ) as web:
            assert web.get("/api/v2/assets/a1/")["uid"] == "a1"


@pytest.mark.parametrize(
    "secrets",
    [
        {"STORIES_ODK_TOKEN": ODK_TOKEN},
        {"STORIES_ODK_EMAIL": EMAIL, "STORIES_ODK_PASSWORD": PASSWORD},
    ],
)
def test_central_is_opened_with_a_token_or_a_password(secrets):
    with OdkServer() as server:
        server.add_form("pupil", ["code"])
        with connected(Tool.ODK, server.url, settings(**secrets), no_wait()) as web:
            assert web.get("/v1/projects/1/forms/pupil")["version"] == "1"


def test_a_password_may_hold_any_letter():
    secrets = {"STORIES_ODK_EMAIL": EMAIL, "STORIES_ODK_PASSWORD": "құпия сөз"}
    with OdkServer() as server, pytest.raises(SettingsError) as refused:
        enter(Tool.ODK, server, secrets)
    assert refused.value.rule == "server_token_refused"


@pytest.mark.parametrize("case", MISSING)
def test_without_them_nothing_is_sent_and_the_variable_is_named(case, english):
    tool, environment = MISSING[case]
    with KoboServer() as server, pytest.raises(SettingsError) as refused:
        enter(tool, server, environment)
    assert server.asked == []
    said = english(refused.value.message, **refused.value.values)
    assert f"STORIES_{tool.upper()}_TOKEN" in said


def test_settings_show_no_secret_when_they_are_printed():
    names = [name for name in SETTINGS if "KOBO" in name or "ODK" in name]
    shown = repr(settings(**{name: f"hidden-{name}" for name in names}))
    assert len(names) == 4
    assert "hidden" not in shown
