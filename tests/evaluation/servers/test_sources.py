"""The list of forms on servers: what a line says, and which line is wrong."""

import pytest

from evaluation.errors import SettingsError
from evaluation.servers.sources import FormAt, read_sources

HEAD = "tool,server,project,form,dataset,region,wave\n"
LINES = {
    "kobo,https://kf.example.org,,aUid,,,": FormAt("kobo", "https://kf.example.org", "aUid"),
    "odk,https://odk.example.org,3,,session_log,27,1": FormAt(
        "odk", "https://odk.example.org", None, 3, "session_log", "27", 1
    ),
    " odk , https://odk.example.org , 3 , f , , , ": FormAt(
        "odk", "https://odk.example.org", "f", 3
    ),
}
WRONG = {
    "no server": "kobo,,,aUid,,,",
    "no tool": ",https://kf.example.org,,aUid,,,",
    "a project that is no number": "odk,https://odk.example.org,three,,,,",
    "a wave that is no number": "odk,https://odk.example.org,3,,,,last",
    "a column too many": "kobo,https://kf.example.org,,aUid,,,,secret",
}


def written(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "sources.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_no_list_names_no_form():
    assert read_sources(None) == ()


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_a_form(tmp_path, line):
    assert read_sources(written(tmp_path, HEAD + line + "\n", "utf-8-sig")) == (LINES[line],)


def test_columns_may_be_left_out(tmp_path):
    found = read_sources(written(tmp_path, "server,tool,form\nhttps://kf.example.org,kobo,a\n"))
    assert found == (FormAt("kobo", "https://kf.example.org", "a"),)


@pytest.mark.parametrize("case", WRONG)
def test_a_line_that_says_no_form_is_named_and_not_repeated(tmp_path, case):
    good = next(iter(LINES))
    with pytest.raises(SettingsError) as refused:
        read_sources(written(tmp_path, f"{HEAD}{good}\n{WRONG[case]}\n"))
    assert (refused.value.rule, refused.value.values) == ("sources_line", {"line": 3})


@pytest.mark.parametrize(
    "content",
    ["", "tool,server,token\nkobo,https://x.example.org,made-up\n", "server\nx\n", HEAD + '"half'],
)
def test_a_file_that_is_no_such_list_is_refused(tmp_path, content):
    with pytest.raises(SettingsError) as refused:
        read_sources(written(tmp_path, content))
    assert refused.value.rule == "sources_unreadable"
    assert "made-up" not in str(refused.value)


def test_a_list_in_another_alphabet_or_nowhere_is_refused(tmp_path):
    for path in (written(tmp_path, HEAD + "өңір", "utf-16"), tmp_path / "no"):
        with pytest.raises(SettingsError, match="sources_unreadable"):
            read_sources(path)
