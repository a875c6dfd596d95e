"""`stories release …`, as people type it."""

import pytest

from evaluation.store import open_store
from flows.cli import main
from tests.conftest import EXPECTATIONS, STUDY
from tests.flows.conftest import home_in
from tests.flows.small_year import compared, year


@pytest.fixture(scope="module")
def house(tmp_path_factory, study):
    said = {"STORIES_STUDY": str(STUDY), "STORIES_EXPECTATIONS": str(EXPECTATIONS)}
    with home_in(tmp_path_factory.mktemp("release"), **said) as settings:
        settings.data.mkdir(parents=True)
        engine = open_store(settings.database_url)
        year(engine, study)
        compared(engine, study)
        yield settings


def test_the_whole_way_in_three_languages(house, capsys):
    assert main(["release"]) == 0
    assert "0 reports were handed in." in capsys.readouterr().out
    assert main(["release", "submit", "--actor", "evaluator"]) == 0
    assert "stories release approve" in capsys.readouterr().out
    assert main(["release", "submit", "--actor", "evaluator"]) == 2
    assert "waits for a second person" in capsys.readouterr().err
    draft = str(next(house.reports.glob("progress-report.kk.html")))
    assert main(["release", "approve", draft, "--actor", "Evaluator", "--language", "kk"]) == 2
    assert "екінші адам" in capsys.readouterr().err
    assert main(["release", "return", draft, "--actor", "lead"]) == 0
    assert "draft again" in capsys.readouterr().out
    assert main(["release", "publish", draft, "--actor", "lead"]) == 2
    assert "sent back" in capsys.readouterr().err
    assert main(["release", "submit", "--actor", "evaluator"]) == 0
    assert main(["release", "approve", draft, "--actor", "lead"]) == 0
    capsys.readouterr()
    assert main(["release", "publish", draft, "--actor", "lead"]) == 0
    (place,) = (house.reports / "released").iterdir()
    assert str(place) in capsys.readouterr().out
    page = next(place.glob("*at-a-glance.kk.*.pdf"))
    assert main(["verify", str(page), "--language", "kk"]) == 0
    said = capsys.readouterr().out
    assert "шығарылған" in said and "Бірдей." in said
    assert main(["release", "recall", place.name, "--actor", "lead"]) == 2
    assert "--why" in capsys.readouterr().err
    assert main(["release", "recall", place.name, "--actor", "lead", "--why", "data"]) == 0
    assert main(["verify", page.name.split(".")[2], "--language", "ru"]) == 0
    assert "отозван" in capsys.readouterr().out
    assert main(["release", "list", "--language", "ru"]) == 0
    said = capsys.readouterr().out
    assert "отозван (данные исправлены): lead" in said
    assert said.count("передан на утверждение") == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["shred"], "list, submit"),
        (["submit", "something", "--actor", "x"], "takes no name"),
        (["submit", "--kind", "daily", "--actor", "x"], "daily"),
        (["approve", "--actor", "x"], "which report"),
        (["approve", "00000000"], "--actor"),
        (["approve", "00000000", "--actor", "x"], "has been handed in"),
    ],
)
def test_wrong_use_is_said_and_changes_nothing(house, words, said, capsys):
    assert main(["release", *words]) == 2
    assert said in capsys.readouterr().err
