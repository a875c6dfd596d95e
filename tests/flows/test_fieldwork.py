"""`stories codes`, `columns` and `withdraw`, as a person types them."""

import csv
import io
import re
import sys
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from evaluation.design import load_study
from evaluation.language import Language
from evaluation.records.codes import child_code, is_child_code
from evaluation.store.codes import known_codes
from evaluation.store.engine import open_store, reading
from flows.cli import main
from flows.commands.codes import sheet
from tests.flows.conftest import home_in
from tests.flows.given import GOOD, LATER, ROOT, fetched, folder_of, rows

ENGLISH = Language("en")


def codes_in(path):
    return re.findall(r'aria-label="(\d\d-\d{5}-\d)"', path.read_text("utf-8"))


def known(home, codes):
    with reading(open_store(home.database_url)) as conn:
        return known_codes(conn, codes)


@pytest.mark.parametrize("region", ["27", "ЗКО", "Батыс Қазақстан облысы", "KZ-27"])
def test_codes_are_written_to_print_and_entered_as_given_out(home, tmp_path, capsys, region):
    path = tmp_path / "sheets/codes.html"
    assert main(["codes", "--region", region, "--count", "20", "--out", str(path)]) == 0
    codes = codes_in(path)
    assert len(set(codes)) == 20
    assert all(is_child_code(code) and code.startswith("27-") for code in codes)
    assert known(home, codes) == set(codes)
    said = capsys.readouterr().out
    assert str(path) in said
    assert not any(code in said for code in codes)


def test_codes_go_to_the_current_folder_in_the_language_asked_for(home, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["codes", "--region", "27", "--count", "1", "--language", "kk"]) == 0
    page = (tmp_path / "codes.27.html").read_text("utf-8")
    assert Language("kk")("codes.note") in page
    assert "Мектептегі және үйдегі өмір туралы сауалнама" in page


def test_a_list_to_tick_off_is_a_workbook(home, tmp_path):
    path = tmp_path / "codes.XLSX"
    assert main(["codes", "--region", "27", "--count", "3", "--out", str(path)]) == 0
    content = io.BytesIO(path.read_bytes())
    codes = [
        row[1] for row in openpyxl.load_workbook(content).active.iter_rows(5, None, 1, 2, True)
    ]
    assert known(home, codes) == set(codes)
    assert len(codes) == 3


def test_a_sheet_that_could_not_be_written_costs_codes_and_doubles_none(home, tmp_path):
    (tmp_path / "no").write_text("a file, and no folder")
    assert main(["codes", "--region", "27", "--count", "5", "--out", f"{tmp_path}/no/x.html"]) == 3
    assert rows(home)["issued_codes"] == 5
    lost = {code for (code,) in fetched(home, "SELECT code FROM issued_codes")}
    path = tmp_path / "codes.html"
    assert main(["codes", "--region", "27", "--count", "50", "--out", str(path)]) == 0
    assert not lost & set(codes_in(path))


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["--region", "Atlantis", "--count", "5"], "error.unknown_region"),
        (["--region", "27", "--count", "5", "--out", "codes.pdf"], "error.codes_format"),
        (["--region", "27", "--count", "0"], "error.codes_count"),
        (["--region", "27", "--count", "100001"], "error.codes_count"),
        (["--region", "27"], "error.wrong_use"),
    ],
)
def test_what_cannot_be_is_2_and_gives_nothing_out(home, capsys, words, key):
    assert main(["codes", *words]) == 2
    assert (
        ENGLISH(key, name="Atlantis", hint="", most=100_000).split("\n")[0][:12]
        in capsys.readouterr().err
    )
    assert not home.data.exists() or rows(home)["issued_codes"] == 0


def test_more_codes_than_are_left_is_2(home, capsys, tmp_path):
    first = ["codes", "--region", "27", "--out", str(tmp_path / "codes.xlsx"), "--count"]
    assert main([*first, "1"]) == 0
    assert main([*first, "100000"]) == 2
    said = {"region": "27", "free": 99_999, "wanted": 100_000}
    assert ENGLISH("error.codes_exhausted", **said) in capsys.readouterr().err


def test_a_study_whose_regions_have_no_numbers_has_no_codes(tmp_path, capsys):
    with home_in(tmp_path, STORIES_STUDY=str(ROOT / "tests/study")):
        assert main(["codes", "--region", "North", "--count", "1"]) == 2
    assert ENGLISH("error.no_code_prefix", name="n") in capsys.readouterr().err


def test_a_study_that_asks_for_no_code_gives_its_own_title_to_the_sheet():
    study = load_study(ROOT / "tests/study")
    assert "A small study" in sheet((child_code("27", 1),), study, ENGLISH, ".html").decode()
    shipped = load_study(ROOT / "evaluation/study")
    page = sheet((child_code("27", 1),), replace(shipped, instruments={}), ENGLISH, ".html")
    assert ENGLISH.text(shipped.title) in page.decode()


FOREIGN = {"about-sex": "about-Пол ребёнка", "about-duration_min": "about-Прочее"}


@pytest.fixture
def foreign(sendings, tmp_path):
    """A region's file whose headers somebody has changed: one can be guessed, the other cannot.

    The folder, a later file of the same source with half of the rows, and the two columns.
    """
    folder = folder_of(sendings, tmp_path / "files", GOOD)
    text = (folder / GOOD).read_text("utf-8")
    head, *lines = text.splitlines()
    for ours, theirs in FOREIGN.items():
        assert f",{ours}," in head
        head = head.replace(f",{ours},", f",{theirs},")
    (folder / GOOD).write_text("\n".join([head, *lines]), "utf-8")
    later = tmp_path / "later.csv"
    later.write_text("\n".join([head, *lines[: len(lines) // 2]]), "utf-8")
    header = next(csv.reader([head]))
    sex, minutes = (get_column_letter(header.index(name) + 1) for name in FOREIGN.values())
    return folder, later, sex, minutes


def test_a_file_is_asked_about_once_and_the_next_is_read_by_itself(prefect, home, foreign, capsys):
    folder, later, sex, minutes = foreign
    file, later = str(folder / GOOD), str(later)
    assert main(["check", file]) == 3
    assert f"--confirm {sex}=sex" in capsys.readouterr().out
    assert main(["columns", file]) == 0
    said = capsys.readouterr().out
    assert ENGLISH("cli.column_proposed", letter=sex, name="sex", question="Sex") in said
    assert ENGLISH("cli.column_unknown", letter=minutes) in said
    assert ENGLISH("cli.columns_hint", letter=sex, name="sex") in said
    assert not any(theirs in said for theirs in FOREIGN.values())
    assert main(["columns", file, "--yes", "--confirm", f"{minutes}=duration_min"]) == 0
    assert ENGLISH("cli.columns_confirmed", n=2) in capsys.readouterr().out
    assert main(["check", file]) == 0
    assert main(["ingest", str(folder)]) == 0
    assert {
        status for (status,) in fetched(home, "SELECT DISTINCT status FROM batch_statuses")
    } == {
        "received",
        "accepted",
    }
    capsys.readouterr()
    assert main(["columns", later]) == 0
    said = capsys.readouterr().out
    assert ENGLISH("cli.column_remembered", letter=sex, name="sex", question="Sex") in said
    assert main(["check", later, "--region", "15", "--wave", "0"]) == 0
    assert main(["columns", later, "--forget"]) == 0
    assert ENGLISH("cli.columns_forgotten", n=2) in capsys.readouterr().out
    assert main(["check", later, "--region", "15", "--wave", "0"]) == 3


def test_a_mapping_file_confirms_many_at_once(home, foreign, tmp_path, capsys):
    folder, _, sex, _ = foreign
    mapping = tmp_path / "mapping.csv"
    mapping.write_text(f"column,field\n{sex},sex\nabout-Прочее,duration_min\n", "utf-8")
    assert main(["columns", str(folder / GOOD), "--mapping", str(mapping)]) == 0
    assert main(["check", str(folder / GOOD)]) == 0


def test_where_nothing_can_be_guessed_the_free_questions_are_said(home, foreign, capsys):
    folder, _, _, minutes = foreign
    assert main(["columns", str(folder / GOOD), "--yes"]) == 0
    capsys.readouterr()
    assert main(["columns", str(folder / GOOD)]) == 0
    said = capsys.readouterr().out
    assert ENGLISH("cli.columns_free", names="").strip() in said
    assert "duration_min" in said
    assert f"{minutes}" in said


def test_a_file_of_known_columns_needs_nothing(home, sendings, capsys):
    assert main(["columns", str(sendings / GOOD)]) == 0
    assert main(["columns", str(sendings / GOOD), "--yes"]) == 0
    said = capsys.readouterr().out
    assert ENGLISH("cli.columns_clear") in said
    assert ENGLISH("cli.columns_confirmed", n=0) in said
    assert rows(home)["column_meanings"] == 0


def test_a_file_that_is_not_there_is_2(home, tmp_path):
    assert main(["columns", str(tmp_path / "nothing.csv")]) == 2


def test_withdrawing_asks_first(home, capsys, monkeypatch):
    code = child_code("27", 40831)
    for answer, status in (("n\n", 130), ("", 130), ("y\n", 0)):
        monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
        assert main(["withdraw", code]) == status
        done = rows(home)["withdrawals"] if home.data.exists() else 0
        assert done == (status == 0)
    said = capsys.readouterr().out
    assert ENGLISH("cli.withdraw_sure", n=1) in said
    assert ENGLISH("cli.withdrawn_unknown", n=1) in said


def test_withdrawn_answers_are_counted_and_a_file_sent_again_brings_none(
    prefect, home, sendings, tmp_path, capsys
):
    folder = folder_of(sendings, tmp_path / "files", GOOD, LATER)
    assert main(["ingest", str(folder)]) == 0
    table = "responses_child_questionnaire_v1"
    query = f"SELECT respondent FROM {table} GROUP BY 1 HAVING count(*) = 2 ORDER BY 1"
    [one], [two], *_ = fetched(home, query)
    before = len(fetched(home, f"SELECT 1 FROM {table}"))
    assert main(["withdraw", one, two, "--yes"]) == 0
    said = capsys.readouterr().out
    assert ENGLISH("cli.withdrawn", n=4) in said
    assert ENGLISH("cli.withdrawn_originals", n=2) in said
    assert len(fetched(home, f"SELECT 1 FROM {table}")) == before - 4
    changed = (folder / GOOD).read_bytes() + b"\r\n"
    (folder / GOOD).write_bytes(changed)
    assert main(["ingest", str(folder / GOOD), "--wave", "0"]) in (0, 3)
    left = fetched(home, f"SELECT 1 FROM {table} WHERE respondent IN ('{one}', '{two}')")
    assert left == []


def test_of_several_codes_one_slip_withdraws_nobody(home, capsys):
    good = child_code("27", 40831)
    assert main(["withdraw", good, "27-40831-2", "--yes"]) == 2
    assert ENGLISH("error.not_a_code", place=2) in capsys.readouterr().err
    assert not home.data.exists()
