"""A released folder is there whole or not at all, and is never changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.errors import StoreError
from evaluation.release.bundle import contents, prepare_bundle, put_in_place, take_back

FILES = {"report.kk.html": "Есеп".encode(), "data/cells.csv": b"a,b\n"}


def test_it_is_prepared_out_of_sight_and_then_there_at_once(tmp_path: Path) -> None:
    made = prepare_bundle(FILES, tmp_path, "abc")
    assert [path.name for path in (tmp_path / "released").iterdir()] == [made.name]
    assert made.name.startswith(".")
    place = put_in_place(made, tmp_path, "abc")
    assert [path.name for path in (tmp_path / "released").iterdir()] == ["abc"]
    assert contents(place) == FILES
    assert {path.stat().st_mode & 0o777 for path in place.rglob("*") if path.is_file()} == {0o444}


def test_put_there_again_nothing_changes(tmp_path: Path) -> None:
    put_in_place(prepare_bundle(FILES, tmp_path, "abc"), tmp_path, "abc")
    place = put_in_place(prepare_bundle(FILES, tmp_path, "abc"), tmp_path, "abc")
    assert contents(place) == FILES
    assert [path.name for path in (tmp_path / "released").iterdir()] == ["abc"]


def test_a_released_folder_is_never_written_over(tmp_path: Path) -> None:
    place = put_in_place(prepare_bundle(FILES, tmp_path, "abc"), tmp_path, "abc")
    with pytest.raises(StoreError, match="released_folder_changed"):
        put_in_place(prepare_bundle({"other": b"x"}, tmp_path, "abc"), tmp_path, "abc")
    assert contents(place) == FILES


def test_what_an_attempt_left_behind_that_was_killed_is_begun_anew(tmp_path: Path) -> None:
    killed = tmp_path / "released/.unfinished-abc"
    killed.mkdir(parents=True)
    (killed / "half.html").write_bytes(b"<p>ha")
    assert contents(prepare_bundle(FILES, tmp_path, "abc")) == FILES


def test_what_is_recalled_is_moved_away_and_once_is_enough(tmp_path: Path) -> None:
    put_in_place(prepare_bundle(FILES, tmp_path, "abc"), tmp_path, "abc")
    assert take_back(tmp_path, "abc") == take_back(tmp_path, "abc")
    assert contents(tmp_path / "recalled/abc") == FILES
    assert not (tmp_path / "released/abc").exists()


def test_a_folder_that_is_a_file_is_refused_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "released").write_text("not a folder")
    with pytest.raises(StoreError, match="report_not_written") as refused:
        prepare_bundle(FILES, tmp_path, "abc")
    assert refused.value.values["problem"]


def test_a_place_that_cannot_be_had_is_refused_too(tmp_path: Path) -> None:
    put_in_place(prepare_bundle(FILES, tmp_path, "abc"), tmp_path, "abc")
    (tmp_path / "recalled").write_text("not a folder")
    with pytest.raises(StoreError, match="report_not_written"):
        take_back(tmp_path, "abc")
    assert contents(tmp_path / "released/abc") == FILES


FULL = """
import resource, signal, sys
from pathlib import Path
from evaluation.errors import StoreError
from evaluation.release.bundle import prepare_bundle
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    prepare_bundle({"small": b"x", "large": b"x" * 5000}, Path(sys.argv[1]), "abc")
except StoreError as error:
    print(error.rule)
"""


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    """A limit on file size stands for the full disk: writing stops in the middle either way."""
    ran = subprocess.run(
        [sys.executable, "-c", FULL, tmp_path],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert ran.stdout.strip() == "report_not_written"
    assert list((tmp_path / "released").iterdir()) == []
