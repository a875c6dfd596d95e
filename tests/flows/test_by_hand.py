"""`python -m flows NAME`, and the report of a run that is named."""

import runpy

import pytest

from evaluation.errors import SettingsError
from evaluation.language import languages
from flows.__main__ import FLOWS, main
from flows.report import _languages
from tests.flows.given import ROOT


def test_a_flow_runs_by_its_name(prefect, home, capsys):
    main(["ingest"])
    assert capsys.readouterr().out.strip() == "{}"


def test_a_flow_that_there_is_not_is_refused_with_those_there_are(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["wrong"])
    assert stop.value.code == 2
    said = capsys.readouterr().err
    assert all(name in said for name in FLOWS)


def test_the_module_is_what_python_runs(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["python -m flows", "--help"])
    with pytest.raises(SystemExit) as stop:
        runpy.run_path(str(ROOT / "flows/__main__.py"), run_name="__main__")
    assert stop.value.code == 0
    assert "assessment" in capsys.readouterr().out


def test_a_report_is_written_in_the_language_asked_for_or_in_all():
    assert _languages("kk") == ("kk",)
    assert _languages(None) == languages()
    with pytest.raises(SettingsError, match="unknown_language"):
        _languages("fr")
