"""The sender's own workbook back, on the command line: asked for, never written over."""

import pytest

from evaluation.language import Language, languages
from evaluation.records.batches import receipt
from flows.cli import main
from tests.evaluation.intake.returned.given import opened
from tests.flows.conftest import home_in
from tests.flows.given import GOOD, HELD, LATER, fetched, folder_of, rows
from tests.flows.test_cli import receipts


@pytest.fixture(scope="module")
def taken(prefect, sendings, tmp_path_factory):
    """Settings of a store that has one good and one partly good file; the folder they lie in."""
    base = tmp_path_factory.mktemp("returned")
    with home_in(base) as settings:
        folder = folder_of(sendings, base / "files", GOOD, LATER, HELD)
        assert main(["ingest", str(folder / GOOD), str(folder / HELD)]) == 0
        yield settings, folder


def sheets(path):
    return opened(path.read_bytes()).sheetnames


def test_a_check_writes_the_workbook_where_it_is_asked_to_and_stores_nothing(
    home, sendings, tmp_path, capsys
):
    out = tmp_path / "out/back.xlsx"
    assert main(["check", str(sendings / HELD), "--returned", str(out), "--language", "kk"]) == 0
    assert str(out) in capsys.readouterr().out
    say = Language("kk")
    assert sheets(out)[:2] == [say("returned.fix_first"), say("returned.everything")]
    assert not home.data.exists()


def test_a_workbook_that_is_there_is_not_written_over(home, sendings, tmp_path, capsys):
    out = tmp_path / "back.xlsx"
    out.write_bytes(b"an evening's corrections")
    for words in (["check", str(sendings / HELD)], ["receipt", "ABCD-1234"]):
        assert main([*words, "--returned", str(out)]) == 2
        assert "back.xlsx" in capsys.readouterr().err
    assert out.read_bytes() == b"an evening's corrections"


def test_without_a_remark_there_is_no_workbook(home, sendings, tmp_path, capsys):
    out = tmp_path / "back.xlsx"
    assert main(["check", str(sendings / LATER), "--returned", str(out)]) == 0
    assert Language("en")("cli.nothing_returned") in capsys.readouterr().out
    assert not out.exists()


def batch_of(settings, region, wave):
    [(batch,)] = fetched(
        settings, f"SELECT id FROM batches WHERE region = '{region}' AND wave = {wave}"
    )
    return batch


@pytest.mark.parametrize("code", languages())
def test_a_receipt_is_said_again_in_any_language(taken, tmp_path, capsys, code):
    settings, _ = taken
    batch, out = batch_of(settings, "35", 0), tmp_path / "back.xlsx"
    before = rows(settings)
    words = ["receipt", batch[:8], "--returned", str(out), "--language", code]
    assert main(words) == 0
    said = capsys.readouterr().out
    say = Language(code)
    assert say("status.partly_accepted") in said and say("intake.heading.must_fix") in said
    assert sheets(out) == [
        say("returned.fix_first"),
        say("returned.everything"),
        say("template.sheet_answers"),
    ]
    assert rows(settings) == before


def test_a_file_that_is_no_longer_kept_leaves_the_lists(taken, tmp_path, capsys):
    settings, _ = taken
    batch, out = batch_of(settings, "35", 0), tmp_path / "back.xlsx"
    locked = settings.deliveries / "originals" / f"{batch}.locked"
    away = locked.rename(tmp_path / "away")
    try:
        assert main(["receipt", batch[:8], "--returned", str(out)]) == 0
    finally:
        away.rename(locked)
    assert sheets(out) == ["Fix first", "All remarks"]


def test_a_receipt_that_nobody_has_is_wrong_use(home, capsys):
    assert main(["receipt", "0000-0000"]) == 2
    assert "0000-0000" in capsys.readouterr().err


def test_a_receipt_without_a_workbook_is_only_said(taken, capsys):
    settings, _ = taken
    assert main(["receipt", batch_of(settings, "15", 0)[:8]]) == 0
    assert receipts(capsys.readouterr().out)


def test_ingest_writes_one_workbook_for_each_file_with_remarks_and_keeps_what_is_there(
    taken, tmp_path, capsys
):
    settings, folder = taken
    out = tmp_path / "back"
    words = ["ingest", str(folder / GOOD), str(folder / HELD), "--returned", str(out)]
    assert main(words) == 0
    path = out / f"{receipt(batch_of(settings, '35', 0))}.en.xlsx"
    assert path in set(out.iterdir())
    path.write_bytes(b"corrections")
    assert main(words) == 0
    assert path.read_bytes() == b"corrections"
    assert str(path) in capsys.readouterr().out


def test_without_a_folder_it_is_said_how_to_get_them(taken, capsys):
    _, folder = taken
    assert main(["ingest", str(folder / GOOD), str(folder / HELD)]) == 0
    said = capsys.readouterr().out
    assert said.count("stories receipt ") == 1
