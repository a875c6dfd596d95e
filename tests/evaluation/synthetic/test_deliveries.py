from __future__ import annotations

import csv
import tracemalloc
from pathlib import Path

import pytest

import evaluation.synthetic
from evaluation.design import Study
from evaluation.errors import SettingsError
from evaluation.synthetic import Synthesis, load_truth, synthesize
from evaluation.synthetic.deliveries import BLOCK


@pytest.fixture(scope="module")
def made(published: Study, tmp_path_factory: pytest.TempPathFactory) -> Synthesis:
    return synthesize(published, children=120, seed=3, out=tmp_path_factory.mktemp("made"))


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_list_names_every_file_once(made: Synthesis) -> None:
    listed = [row["file"] for row in table(made.folder / "deliveries.csv")]
    others = {"deliveries.csv", "faults.csv", "truth.yaml"}
    assert sorted(listed) == sorted({p.name for p in made.folder.iterdir()} - others)
    assert len(listed) == made.files


def test_the_truth_lies_beside_the_files_and_can_be_read(made: Synthesis) -> None:
    assert load_truth(made.folder / "truth.yaml") == load_truth()
    text = (made.folder / "truth.yaml").read_text("utf-8")
    assert "120 children, seed 3" in text
    assert "SYNTHETIC" in text


def test_every_fault_is_in_a_file_that_exists(made: Synthesis) -> None:
    faults = table(made.folder / "faults.csv")
    assert {row["effect"] for row in faults} >= {"refuse", "hold", "blank"}
    assert all((made.folder / row["file"]).exists() for row in faults)


def test_declared_forms_are_the_rows_except_where_that_is_the_fault(made: Synthesis) -> None:
    wrong = {r["file"] for r in table(made.folder / "faults.csv") if r["domain_row"] == "26"}
    declared = table(made.folder / "deliveries.csv")
    claimed = sum(int(r["forms_declared"]) for r in declared if r["file"] not in wrong)
    assert 0 < made.rows - claimed <= 30 * len(wrong)
    for row in declared:
        assert int(row["forms_eligible"]) >= int(row["forms_approached"])


def test_a_region_of_the_reform_is_in_the_old_office_file(made: Synthesis) -> None:
    places = {(row["region"], row["wave"]) for row in table(made.folder / "deliveries.csv")}
    assert ("10", "0") not in places
    assert {("63", "0"), ("63", "1"), ("10", "1")} <= places


def test_a_file_sent_again_has_the_same_bytes(made: Synthesis) -> None:
    [again] = [p for p in made.folder.iterdir() if "_again" in p.name]
    first = again.with_name(again.name.replace("_again", ""))
    assert again.read_bytes() == first.read_bytes()


def test_the_same_seed_writes_the_same_files_and_another_seed_others(
    made: Synthesis, published: Study, tmp_path: Path
) -> None:
    synthesize(published, children=120, seed=3, out=tmp_path / "same")
    synthesize(published, children=120, seed=4, out=tmp_path / "other")
    for path in made.folder.iterdir():
        assert (tmp_path / "same" / path.name).read_bytes() == path.read_bytes(), path.name
    assert any(
        (tmp_path / "other" / p.name).read_bytes() != p.read_bytes() for p in made.folder.iterdir()
    )


def test_files_hold_no_more_rows_than_the_gate_takes(published: Study, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    children = 2 * 10 * BLOCK
    made = synthesize(
        published,
        children=children,
        seed=1,
        out=tmp_path,
        formats="csv",
        progress=lambda done, total: heard.append((done, total)),
    )
    rows = [int(row["forms_declared"]) for row in table(made.folder / "deliveries.csv")]
    assert max(rows) <= published.intake["rows"]
    assert heard[-1] == (children, children)
    assert heard == sorted(heard)
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert max(sizes) < published.intake["bytes"]
    assert {path.suffix for path in tmp_path.iterdir()} == {".csv", ".yaml"}


def test_memory_is_that_of_one_block_however_many_children(
    published: Study, tmp_path: Path
) -> None:
    def peak(children: int) -> int:
        tracemalloc.start()
        synthesize(
            published, children=children, seed=1, out=tmp_path / str(children), formats="csv"
        )
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    assert peak(60_000) < 1.3 * peak(20_000)


def test_example_data_are_never_written_among_other_files(published: Study, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(SettingsError, match="folder_not_empty"):
        synthesize(published, children=10, seed=1, out=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_earlier_example_data_are_written_over(study: Study, tmp_path: Path) -> None:
    first = synthesize(study, children=40, seed=1, out=tmp_path)
    again = synthesize(study, children=40, seed=1, out=tmp_path)
    assert first == again


def test_the_room_has_no_other_doors() -> None:
    with pytest.raises(AttributeError, match="kitchen"):
        evaluation.synthetic.kitchen  # noqa: B018
