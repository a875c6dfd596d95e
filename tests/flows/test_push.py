"""`stories push`: a dataset's form goes onto a server, and can be pulled from it."""

import pytest

from evaluation.language import Language, languages
from flows.cli import main
from tests.evaluation.servers.kobo_server import KoboServer
from tests.evaluation.servers.odk_server import OdkServer
from tests.flows.filled_in import DATASET
from tests.flows.test_pull import NOTHING, here  # noqa: F401 - a fixture

KINDS = {"kobo": (KoboServer, []), "odk": (OdkServer, ["--project", "1"])}
DATASETS = [DATASET, "session_log", "training_prepost", "school_results"]


def push(kind, server, *words):
    return main(["push", kind, "--server", server.url, *KINDS[kind][1], *words])


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("kind", KINDS)
def test_a_form_is_made_once_and_said_to_be(here, capsys, kind, code):  # noqa: F811
    say = Language(code)
    make, _ = KINDS[kind]
    with make() as server:
        for outcome in ("made", "same"):
            assert push(kind, server, "--language", code) == 0
            said = capsys.readouterr().out
            title = {"en": "School and community life survey"}.get(code)
            if title:
                assert say(f"cli.push.{outcome}", title=title, version=1) in said
            form = next(iter(server.assets)) if kind == "kobo" else DATASET
            assert say("cli.push.form", form=form) in said


@pytest.mark.usefixtures("prefect")
@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_was_pushed_is_known_by_pull(here, capsys, kind, dataset):  # noqa: F811
    make, where = KINDS[kind]
    with make() as server:
        assert push(kind, server, "--dataset", dataset) == 0
        form = next(iter(server.assets)) if kind == "kobo" else dataset
        words = ["pull", kind, "--server", server.url, *where, "--form", form]
        assert main([*words, "--dataset", dataset]) == 0
        assert NOTHING in capsys.readouterr().out
        other = next(each for each in DATASETS if each != dataset)
        assert main([*words, "--dataset", other]) == 3


def test_a_form_of_another_dataset_is_not_changed_into_this_one(here, capsys):  # noqa: F811
    with KoboServer() as server:
        assert push("kobo", server, "--dataset", "session_log") == 0
        form = next(iter(server.assets))
        before = dict(server.assets[form])
        assert push("kobo", server, "--dataset", "school_results", "--form", form) == 3
        assert server.assets[form] == before
    assert Language("en")("error.server_foreign_form", dataset="school_results") in (
        capsys.readouterr().err
    )


def test_central_needs_a_project_and_knows_the_form_by_the_dataset(here, capsys):  # noqa: F811
    with OdkServer() as server:
        assert main(["push", "odk", "--server", server.url]) == 2
        assert push("odk", server, "--form", "another") == 2
        assert server.asked == []
        assert push("odk", server, "--form", DATASET) == 0
