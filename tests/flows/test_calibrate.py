"""`stories calibrate`: a table that can be kept, the same for the same seed."""

import pytest

from evaluation.analysis.calibration import Cell, Result, Share, every_cell
from evaluation.language import Language, languages
from flows.cli import main
from flows.commands.calibrate import COLUMNS, cells_of, line_of, shared_out

SMALL = ["calibrate", "--designs", "3v3", "--draws", "2", "--seed", "5"]


def test_the_table_is_printed_and_written_and_the_same_on_two_processors(home, capsys, tmp_path):
    path = tmp_path / "table.md"
    assert main([*SMALL, "--processes", "1", "--out", str(path)]) == 0
    printed = capsys.readouterr().out
    lines = path.read_text("utf-8").splitlines()
    assert printed.startswith("\n".join(lines)) and str(path) in printed
    assert len(lines) == 2 + 6 + 2
    assert {line.count("|") for line in lines[:8]} == {len(COLUMNS) + 1}
    assert [line.split("|")[1].strip() for line in lines[2:8]] == ["3v3"] * 6
    assert main([*SMALL, "--processes", "2"]) == 0
    assert capsys.readouterr().out.splitlines() == lines


def test_a_design_that_cannot_be_read_is_named(home, capsys):
    assert main(["calibrate", "--designs", "4v4,4x6"]) == 2
    assert Language("en")("error.unknown_design", name="4x6") in capsys.readouterr().err


def test_all_designs_are_meant_where_none_is_named():
    assert cells_of(None) == every_cell()
    assert {cell.design for cell in cells_of("4v4, 5v6")} == {"4v4", "5v6"}


def test_one_processor_needs_no_other():
    with shared_out(1) as mapped:
        assert mapped is map


def result(rejected, covered):
    shares = (Share(rejected, 100), *(Share(5, 100) for _ in range(5)))
    none = Share(0, 0)
    return Result(
        Cell(2, 6, 0.1, 2.0), 100, shares, Share(covered, 100), Share(40, 100), none, none, 1.84
    )


@pytest.mark.parametrize("code", languages())
def test_what_is_outside_the_limits_is_bold_and_what_there_is_not_is_a_dash(code):
    say = Language(code)
    cells = [cell.strip() for cell in line_of(result(8, 92), say).split("|")[1:-1]]
    shown = dict(zip(COLUMNS, cells, strict=True))
    assert shown["cli.calibrated.headline"] == f"**{say.number(8, 1)}**"
    assert shown["cli.calibrated.covered"] == f"**{say.number(92, 1)}**"
    assert shown["cli.calibrated.published"] == say.number(None)
    assert shown["cli.calibrated.dof"] == say.number(1.84, 1)
    assert shown["cli.calibrated.wild"] == say.number(5, 1)
    assert "**" not in line_of(result(5, 95), say)
