from __future__ import annotations

import hashlib
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.errors import StoreError
from evaluation.release.publication import FORMS, file_name, kind_named, publish_report

REPORT = "<p>Есеп</p>".encode()


def test_a_report_is_kept_by_its_digest_and_shown_under_a_stable_name(tmp_path: Path) -> None:
    published = publish_report(REPORT, folder=tmp_path / "new" / "reports", language="kk")
    assert published.sha256 == hashlib.sha256(REPORT).hexdigest()
    assert published.path.name == "progress-report.kk.html"
    assert published.sha256[:16] in published.copy.name
    assert published.path.read_bytes() == published.copy.read_bytes() == REPORT
    assert published.language == "kk"


def test_publishing_again_changes_nothing(tmp_path: Path) -> None:
    first = publish_report(REPORT, folder=tmp_path, language="kk")
    before = sorted(tmp_path.iterdir())
    assert publish_report(REPORT, folder=tmp_path, language="kk") == first
    assert sorted(tmp_path.iterdir()) == before


def test_an_older_report_stays_beside_the_newest(tmp_path: Path) -> None:
    old = publish_report(REPORT, folder=tmp_path, language="ru")
    new = publish_report(REPORT + b"!", folder=tmp_path, language="ru")
    assert old.copy.read_bytes() == REPORT
    assert old.path.read_bytes() == new.copy.read_bytes() == REPORT + b"!"


def test_everybody_may_read_a_report(tmp_path: Path) -> None:
    published = publish_report(REPORT, folder=tmp_path, language="en")
    assert published.path.stat().st_mode & 0o777 == 0o644


def test_a_folder_that_is_a_file_is_refused_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("not a folder")
    with pytest.raises(StoreError, match="report_not_written") as refused:
        publish_report(REPORT, folder=tmp_path / "reports", language="en")
    assert refused.value.values["problem"]


FULL = """
import resource, sys
from pathlib import Path
from evaluation.errors import StoreError
from evaluation.release.publication import publish_report
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    publish_report(b"x" * 5000, folder=Path(sys.argv[1]), language="en")
except StoreError as error:
    print(error.rule)
"""


def test_a_full_disk_leaves_the_old_report_and_nothing_half_written(tmp_path: Path) -> None:
    """A limit on file size stands for the full disk: writing stops in the middle either way."""
    assert resource.RLIMIT_FSIZE  # the test needs a system that has it
    old = publish_report(REPORT, folder=tmp_path, language="en")
    before = sorted(tmp_path.iterdir())
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n" + FULL,
            tmp_path,
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert ran.stdout.strip() == "report_not_written"
    assert sorted(tmp_path.iterdir()) == before
    assert old.path.read_bytes() == REPORT


KINDS = ("progress", "progress_long", "year_end")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS)
def test_a_file_tells_by_its_name_which_kind_of_report_it_is(kind: str, form: str) -> None:
    assert kind_named(file_name(form, kind, "kk.0123456789abcdef"), KINDS) == kind
    assert kind_named(f"other-{file_name(form, kind, 'kk')}", KINDS) is None
