"""`stories xlsform`, `paper`, `codebook`: what is written where, and what is refused."""

import pytest

from evaluation.language import Language
from flows.cli import main

WRITTEN = {
    ("paper",): ["child_questionnaire.kk.pdf"],
    ("xlsform",): ["child_questionnaire.xlsform.xlsx"],
    ("codebook",): ["child_questionnaire.codebook.kk.csv", "child_questionnaire.codebook.kk.html"],
    ("codebook", "--out", "new/book.html"): ["book.html"],
    ("codebook", "--out", "new/book.CSV"): ["book.CSV"],
    ("xlsform", "--out", "new/form.xlsx"): ["form.xlsx"],
}


@pytest.mark.parametrize("words", WRITTEN)
def test_a_form_is_written_where_it_is_asked_for(home, tmp_path, monkeypatch, capsys, words):
    monkeypatch.chdir(tmp_path)
    assert main([*words, "--dataset", "child_questionnaire", "--language", "kk"]) == 0
    folder = tmp_path / "new" if "--out" in words else tmp_path
    written = sorted(path.name for path in folder.iterdir() if path.is_file())
    assert written == WRITTEN[words]
    assert capsys.readouterr().out.count(Language("kk")("cli.written", path="").strip()) == len(
        written
    )


def test_a_codebook_is_a_page_or_a_table_and_nothing_else(home, tmp_path, capsys):
    assert main(["codebook", "--language", "ru", "--out", str(tmp_path / "book.pdf")]) == 2
    assert Language("ru")("error.codebook_format") in capsys.readouterr().err
    assert not (tmp_path / "book.pdf").exists()


@pytest.mark.parametrize("command", ["xlsform", "paper", "codebook"])
def test_no_form_is_made_of_an_unknown_questionnaire_or_in_an_unknown_language(
    home, tmp_path, monkeypatch, capsys, command
):
    monkeypatch.chdir(tmp_path)
    assert main([command, "--dataset", "poetry"]) == 2
    assert "child_questionnaire" in capsys.readouterr().err
    assert main([command, "--language", "fr"]) == 2
