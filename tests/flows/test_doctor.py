"""`stories doctor`: each thing that can be missing is seen, and how to mend it is said."""

import re

import pytest

from evaluation.language import Language, languages
from flows.cli import main
from flows.commands.doctor import CHECKS, locked, packages
from tests.flows.conftest import home_in


@pytest.mark.parametrize("code", languages())
def test_a_machine_that_has_everything_is_well(home, capsys, code):
    assert main(["doctor", "--language", code]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == Language(code)("doctor.well")
    assert len(lines) >= len(CHECKS) + 1
    assert all(line.startswith("✓ ") for line in lines[:-1])
    assert (home.data / "stories.sqlite").exists()


def unwell(capsys, code="en"):
    """The lines that say how to mend, after those marked ✗."""
    assert main(["doctor", "--language", code]) == 3
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == Language(code)("doctor.unwell")
    bad = [n for n, line in enumerate(lines) if line.startswith("✗")]
    assert all(lines[n + 1].startswith("   → ") for n in bad)
    return [lines[n + 1] for n in bad]


@pytest.mark.parametrize("code", languages())
def test_a_study_that_is_not_there_is_named(tmp_path, capsys, code):
    with home_in(tmp_path, STORIES_STUDY=str(tmp_path / "nowhere")):
        [mend] = unwell(capsys, code)
    assert "study.yaml" in mend


def test_a_key_that_others_can_read_is_to_be_closed(home, capsys):
    home.key_file.parent.mkdir()
    home.key_file.write_text("x")
    home.key_file.chmod(0o644)
    [mend] = unwell(capsys)
    assert f"chmod 600 {home.key_file}" in mend
    home.key_file.chmod(0o600)
    assert main(["doctor"]) == 0


def test_a_password_in_the_address_of_the_database_is_not_shown(tmp_path, capsys):
    with home_in(tmp_path, STORIES_DATABASE_URL="oracle://ada:open-sesame@here/x"):
        [mend] = unwell(capsys)
    assert "STORIES_DATABASE_URL" in mend


def test_a_password_is_not_shown_either_where_the_address_is_good(tmp_path, capsys):
    address = f"sqlite:///{tmp_path}/s.sqlite?password=open-sesame"
    with home_in(tmp_path, STORIES_DATABASE_URL=address):
        assert main(["doctor"]) == 0
    assert "open-sesame" not in str(capsys.readouterr())


def test_an_address_that_nobody_can_read_is_said_to_be_one(tmp_path, capsys):
    with home_in(tmp_path, STORIES_DATABASE_URL="open sesame"):
        [mend] = unwell(capsys)
    assert "STORIES_DATABASE_URL" in mend


def test_a_folder_that_cannot_be_written_is_another_to_choose(tmp_path, capsys):
    # The kernel's own folder: not even root makes a file there.
    with home_in(tmp_path, STORIES_DATA="/proc/stories"):
        assert any("/proc/stories" in mend for mend in unwell(capsys))


def test_reporting_that_was_switched_on_again_is_seen(home, capsys, monkeypatch):
    monkeypatch.setenv("DO_NOT_TRACK", "0")
    [mend] = unwell(capsys)
    assert "PREFECT_" in mend


LOCK = """\
# a comment==1
prefect[extra]==3.8.8 ; python_version < "3.13" \\
    --hash=sha256:00
numpy==2.4.0 ; python_version < "3.12" \\
    --hash=sha256:00
numpy==2.5.0 ; python_version >= "3.12"
"""


def test_the_lock_is_read_as_pip_reads_it(tmp_path):
    (tmp_path / "lock").write_text(LOCK)
    assert locked(tmp_path / "lock") == {"prefect": ["3.8.8"], "numpy": ["2.4.0", "2.5.0"]}


def test_a_package_of_another_version_is_named_and_one_of_another_system_is_not(tmp_path):
    (tmp_path / "lock").write_text("typer==0.0.1\nnot-of-this-system==1.0\n")
    wrong, *traps = packages(tmp_path / "lock")
    assert (wrong.good, wrong.values["name"], wrong.values["wanted"]) == (False, "typer", "0.0.1")
    assert re.fullmatch(r"\d+\.\d+.*", str(wrong.values["found"]))
    assert [(each.good, each.values["name"]) for each in traps] == [
        (True, "fastapi"),
        (True, "sqlalchemy"),
    ]
