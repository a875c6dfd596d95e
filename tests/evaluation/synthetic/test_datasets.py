"""Example files of the datasets: the same bytes every time, plausible, and let in by the gate."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from evaluation.design import Study
from evaluation.synthetic.dataset_rules import RULES, draw
from evaluation.synthetic.datasets import write_datasets

MANY = 400


def drawn(said: dict[str, object], **row: str) -> list[str]:
    rng = np.random.default_rng(1)
    return [draw(rng, dict(row), said) for _ in range(MANY)]


def test_every_rule_gives_what_it_says() -> None:
    assert set(drawn({"same": date(2022, 9, 1)})) == {"2022-09-01"}
    assert set(drawn({"whole": [2, 4]})) == {"2", "3", "4"}
    near = [int(text) for text in drawn({"near": [4.0, 2.0, 0, 10]})]
    assert min(near) >= 0 and max(near) <= 10 and 3.7 < np.mean(near) < 4.3
    above = [int(text) for text in drawn({"above": ["x", 2.0, 1.0, 0, 10]}, x="9")]
    assert max(above) == 10
    shares = [int(text) for text in drawn({"share": ["x", 0.25]}, x="100")]
    assert 23 < np.mean(shares) < 27
    by_code = {"share": ["x", {"kind": {"a": 0.9}}]}
    assert np.mean([int(text) for text in drawn(by_code, x="100", kind="a")]) > 85
    assert set(drawn(by_code, x="100", kind="b")) == {"100"}
    left = [int(text) for text in drawn({"left": ["x", "y", 0.5]}, x="60", y="20")]
    assert 18 < np.mean(left) < 22
    often = Counter(drawn({"pick": {"a": 0.8, "b": 0.2}}))
    assert 0.7 * MANY < often["a"] < 0.9 * MANY
    assert set(drawn({"place": ["n", "s"]})) == {"n", "s"}
    days = drawn({"day": [date(2022, 5, 1), date(2022, 5, 3)]})
    assert set(days) == {"2022-05-01", "2022-05-02", "2022-05-03"}
    week = {date.fromisoformat(text) for text in drawn({"week": [date(2022, 9, 5), "n"]}, n="2")}
    assert min(week) == date(2022, 9, 12) and max(week) == date(2022, 9, 16)
    assert set(drawn({"numbered": ["T", 2, "n"]}, n="7")) == {"T07"}
    assert all(len(text) == 4 and text[0] == "T" for text in drawn({"code": ["T", 3]}))
    assert set(drawn({"whole": [5, 5], "unless": {"state": "3"}}, state="3")) == {"0"}
    assert set(drawn({"whole": [5, 5], "unless": {"state": "3"}}, state="1")) == {"5"}
    assert set(drawn({"whole": [5, 5], "times": {"g": {"2": 20}}}, g="2")) == {"100"}
    assert len(RULES) == 12


@pytest.fixture(scope="module")
def written(published: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("datasets")
    write_datasets(published, seed=3, out=out)
    return out


def test_there_is_a_file_of_every_dataset_that_is_asked_for_a_table(
    published: Study, written: Path
) -> None:
    asked = {name for name, each in published.instruments.items() if each.indicators}
    assert {path.name.split("_wave_")[0] for path in written.iterdir()} == asked


def test_the_same_seed_writes_the_same_bytes(
    published: Study, written: Path, tmp_path: Path
) -> None:
    write_datasets(published, seed=3, out=tmp_path)
    for path in written.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_a_study_without_a_dataset_gets_no_file_of_it(published: Study, tmp_path: Path) -> None:
    kept = {name: published.instruments[name] for name in ("school_results", "child_questionnaire")}
    (made,) = write_datasets(replace(published, instruments=kept), seed=3, out=tmp_path)
    assert (made.instrument, made.wave, made.rows) == ("school_results", 1, 10)
