"""What may and may not lie in the repository."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXTS = {
    ".py",
    ".md",
    ".yaml",
    ".yml",
    ".toml",
    ".txt",
    ".in",
    ".lock",
    ".po",
    ".csv",
    ".html",
    ".css",
    "",
}
TOP_LEVEL_FOLDERS = {
    "flows",
    "evaluation",
    "expectations",
    "tests",
    "docs",
    "benchmarks",
    "examples",
    ".ci",
}


def tracked() -> list[Path]:
    """The files git keeps or would keep; a copy without git is looked at whole."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    names = listed.stdout.splitlines() if listed.returncode == 0 else []
    files = [ROOT / name for name in names] or [
        p for p in ROOT.rglob("*") if ".venv" not in p.parts
    ]
    return [path for path in files if path.is_file()]


FILES = tracked()


def test_the_top_level_is_the_fixed_one():
    assert {
        path.relative_to(ROOT).parts[0] for path in FILES if len(path.relative_to(ROOT).parts) > 1
    } == (TOP_LEVEL_FOLDERS)


# Put together from halves, so that this file does not find itself.
REGISTRIES = "|".join(
    ["py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.org", "deb" + r"ian\.org"]
)
MACHINE = r"(?<![\w.])/(?:" + "home|" + "root|Users|" + r"work)/\w"


@pytest.mark.parametrize(
    "pattern", [REGISTRIES, MACHINE], ids=["registry hosts", "paths of a machine"]
)
def test_nothing_of_one_machine_is_written_down(pattern):
    found = [
        f"{path.relative_to(ROOT)}: {match.group(0)}"
        for path in FILES
        if path.suffix in TEXTS
        for match in re.finditer(pattern, path.read_text("utf-8", errors="replace"))
    ]
    assert found == []


def test_no_file_is_huge():
    assert [path.name for path in FILES if path.stat().st_size > 2_000_000] == []
