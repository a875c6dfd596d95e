"""The committed examples are what the generator makes: nobody can have edited one by hand."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from evaluation.design import Study
from evaluation.settings import CHECKOUT
from evaluation.synthetic import synthesize

EXAMPLES = CHECKOUT / "examples"
CHILDREN, SEED = 400, 2022
LARGEST = 3 * 1024 * 1024


@pytest.fixture(scope="module")
def remade(published: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("examples")
    synthesize(published, children=CHILDREN, seed=SEED, datasets=True, out=out)
    return out


def content(path: Path) -> object:
    """A workbook's parts rather than its bytes: another zlib packs the same parts otherwise."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as parts:
        return [(name, parts.read(name)) for name in parts.namelist()]


def test_they_are_remade_exactly(remade: Path) -> None:
    committed = {path.name for path in EXAMPLES.iterdir()} - {"README.md"}
    assert committed == {path.name for path in remade.iterdir()}
    for name in sorted(committed):
        assert content(EXAMPLES / name) == content(remade / name), name


def test_the_readme_says_how_and_that_they_are_synthetic() -> None:
    text = (EXAMPLES / "README.md").read_text("utf-8")
    assert (
        f"stories synthesize --children {CHILDREN} --seed {SEED} --datasets --out examples" in text
    )
    assert "synthetic" in text.splitlines()[0]


def test_they_are_small_enough_to_be_kept() -> None:
    assert sum(path.stat().st_size for path in EXAMPLES.iterdir()) < LARGEST
