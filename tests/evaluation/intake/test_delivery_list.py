import pytest

from evaluation.errors import DeliveryError
from evaluation.intake import Sender, read_deliveries
from evaluation.records.batches import Card


def folder_with(tmp_path, text, *files, encoding="utf-8"):
    for name in files:
        (tmp_path / name).write_bytes(b"x")
    if text is not None:
        (tmp_path / "deliveries.csv").write_text(text, encoding)
    return tmp_path


def test_the_list_says_what_each_file_is(tmp_path):
    text = (
        "file,instrument,region,wave,forms_declared,fieldwork_start\n"
        "b.csv,pupil,n,1,40,2022-11-14\n"
        "a.xlsx,,Север, 0 ,,\n"
    )
    folder = folder_with(tmp_path, text, "a.xlsx", "b.csv", "c.xlsx", "faults.csv", "README.md")
    first, second, third = read_deliveries(folder)
    card = Card((("forms_declared", "40"), ("fieldwork_start", "2022-11-14")))
    assert first.path.name == "b.csv"
    assert first.sender == Sender("pupil", "n", 1, card)
    assert second.sender == Sender(None, "Север", 0, Card())
    assert (third.path.name, third.sender) == ("c.xlsx", Sender())


def test_a_folder_without_a_list_is_taken_by_name(tmp_path):
    folder = folder_with(tmp_path, None, "b.csv", "a.XLSX", "notes.docx")
    assert [delivery.path.name for delivery in read_deliveries(folder)] == ["a.XLSX", "b.csv"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("name\na.csv\n", "list_unreadable"),
        ("", "list_unreadable"),
        ('file\n"a.csv', "list_unreadable"),
        ("file\nother.csv\n", "list_line"),
        ("file\n../a.csv\n", "list_line"),
        ("file,wave\na.csv,first\n", "list_line"),
        ("file,wave\na.csv,1,2\n", "list_line"),
        ("file\n\n\nother.csv\n", "list_line"),
    ],
)
def test_a_wrong_list_is_refused(tmp_path, text, rule):
    folder = folder_with(tmp_path, text, "a.csv")
    with pytest.raises(DeliveryError) as refused:
        read_deliveries(folder)
    assert refused.value.rule == rule


def test_a_list_in_another_encoding_is_refused(tmp_path):
    folder = folder_with(tmp_path, "file,region\na.csv,Север\n", "a.csv", encoding="cp1251")
    with pytest.raises(DeliveryError) as refused:
        read_deliveries(folder)
    assert refused.value.rule == "list_unreadable"


def test_short_lines_leave_the_rest_to_the_file(tmp_path):
    folder = folder_with(tmp_path, "file,instrument,region,wave\na.csv\n", "a.csv")
    assert read_deliveries(folder)[0].sender == Sender()
