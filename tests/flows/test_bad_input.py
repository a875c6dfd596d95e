"""What goes wrong around the programme: one clear sentence in the chosen language, nothing stored."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import contextmanager

import pytest

from evaluation.design import load_study
from evaluation.intake import Sender
from evaluation.intake.reception import receive
from evaluation.language import Language, catalogue, languages
from evaluation.records.batches import Card
from evaluation.settings import CHECKOUT
from evaluation.store.engine import open_store, reading
from evaluation.store.events import all_events, broken_at
from flows.cli import main
from flows.commands.receipts import Sent, tell_receipts
from tests.evaluation.intake.given import workbook
from tests.flows.conftest import home_in
from tests.flows.given import GOOD, LATER, fetched, folder_of, rows
from tests.given import moment


@pytest.fixture(scope="module")
def shipped():
    return load_study(CHECKOUT / "evaluation/study")


def refused_in(capsys, code, words, rule, exit_code=3, **values):
    """The command says that one sentence, and nothing else on the way to it."""
    capsys.readouterr()
    assert main(["--language", code, *words]) == exit_code
    said = capsys.readouterr()
    assert said.err.strip() == Language(code)(rule, **values)


# The database


@contextmanager
def locked(path):
    """Another process is in the middle of writing."""
    program = (
        "import sqlite3, sys\n"
        f"conn = sqlite3.connect({str(path)!r}, isolation_level=None)\n"
        "conn.execute('BEGIN IMMEDIATE')\n"
        "print('locked', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"locked\n"
        try:
            yield
        finally:
            other.stdin.close()


def test_a_database_that_another_process_writes_to(tmp_path, sendings, capsys):
    path = tmp_path / "stories.sqlite"
    address = f"sqlite:///{path}?timeout=0.1"
    with home_in(tmp_path, STORIES_DATABASE_URL=address) as settings:
        open_store(address).dispose()
        with locked(path):
            for code in languages():
                words = ["ingest", str(sendings / GOOD)]
                refused_in(capsys, code, words, "error.database_locked", database=address)
        assert rows(settings)["batches"] == rows(settings)["events"] == 0


def newer(path):
    with sqlite3.connect(path) as conn:
        conn.execute("UPDATE stories_schema SET version_num = '9999'")
    conn.close()


def damaged(path):
    path.write_bytes(b"this is no database, and never was one; " * 100)


BROKEN = {
    "error.database_newer": (newer, {"found": "9999"}),
    "error.database_damaged": (damaged, {}),
}


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("rule", BROKEN)
def test_a_database_that_is_not_ours_to_touch(home, sendings, capsys, rule, code):
    open_store(home.database_url).dispose()
    path = home.data / "stories.sqlite"
    spoil, values = BROKEN[rule]
    spoil(path)
    before = path.read_bytes()
    words = ["ingest", str(sendings / GOOD)]
    refused_in(capsys, code, words, rule, database=home.database_url, **values)
    assert path.read_bytes() == before
    assert not home.deliveries.exists()


@pytest.mark.parametrize("code", languages())
def test_a_database_that_can_only_be_read(tmp_path, sendings, capsys, code):
    path = tmp_path / "stories.sqlite"
    open_store(f"sqlite:///{path}").dispose()
    address = f"sqlite:///file:{path}?mode=ro&uri=true"
    with home_in(tmp_path, STORIES_DATABASE_URL=address):
        words = ["ingest", str(sendings / GOOD)]
        refused_in(capsys, code, words, "error.database_read_only", database=address)


@pytest.mark.parametrize("code", languages())
def test_an_address_that_is_none_is_2_and_keeps_its_password(tmp_path, sendings, capsys, code):
    with home_in(tmp_path, STORIES_DATABASE_URL="oracle://ada:open-sesame@here/x"):
        words = ["ingest", str(sendings / GOOD)]
        refused_in(capsys, code, words, "error.database_url", exit_code=2)


# The study


MISTYPED = {
    "plan.yaml": ("outcomes:", "outcomes", "study.not_yaml"),
    "region_roles.csv": ("pilot", "pilto", "study.not_one_of"),
    "scales/fam.yaml": ("items: [", "items: [fam_99, ", "study.unknown_reference"),
}


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("file", MISTYPED)
def test_a_typing_error_in_the_study_is_told_by_file(tmp_path, sendings, capsys, file, code):
    study = shutil.copytree(CHECKOUT / "evaluation/study", tmp_path / "study")
    typed, mistyped, rule = MISTYPED[file]
    text = (study / file).read_text("utf-8")
    assert typed in text
    (study / file).write_text(text.replace(typed, mistyped, 1), encoding="utf-8")
    with home_in(tmp_path, STORIES_STUDY=str(study)) as settings:
        assert main(["--language", code, "ingest", str(sendings / GOOD)]) == 3
        assert not settings.data.exists()
    said = capsys.readouterr().err
    end = Language(code)(rule, file="", key="", name="@", known="@").split("@")[0].split(": ")[1]
    assert said.startswith(f"{file}, ")
    assert end.strip(", “«") in said


# The key


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("content", [b"no key\n", b"\xff\xfe", b""])
def test_a_key_that_is_none_is_2_and_nothing_is_locked_away(home, sendings, capsys, code, content):
    home.key_file.parent.mkdir()
    home.key_file.write_bytes(content)
    words = ["ingest", str(sendings / GOOD)]
    refused_in(capsys, code, words, "error.key_unusable", exit_code=2, key_file=home.key_file)
    assert rows(home)["batches"] == 0
    assert list(home.deliveries.glob("*/*")) == []


@pytest.mark.parametrize("code", languages())
def test_a_key_inside_the_data_folder_is_2(tmp_path, sendings, capsys, code):
    data = tmp_path / "var"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("STORIES_DATA", str(data))
        environment.setenv("STORIES_KEY_FILE", str(data / "key"))
        words = ["ingest", str(sendings / GOOD)]
        refused_in(capsys, code, words, "error.key_inside_data", exit_code=2, folder=data)
    assert not data.exists()


def waits(settings, study, path):
    """A file that was received and not judged, as after a power cut."""
    sender = Sender("child_questionnaire", "15", 0, CARD)
    return receive(
        open_store(settings.database_url),
        settings,
        study,
        content=path.read_bytes(),
        sender=sender,
        now=moment("2022-05-01"),
        actor="test",
    )


CARD = Card(
    (
        ("fieldwork_start", "2022-03-19"),
        ("fieldwork_end", "2022-04-25"),
        ("forms_eligible", "4"),
        ("forms_approached", "3"),
        ("forms_declared", "3"),
        ("template_version", "1"),
        ("instrument_version", "1"),
    )
)


def lose_the_key(settings, _):
    settings.key_file.unlink()


def lose_the_bytes(settings, batch):
    (settings.deliveries / f"quarantine/{batch}.locked").unlink()


LOST = {"wrong_key": lose_the_key, "delivery_missing": lose_the_bytes}


@pytest.mark.parametrize("rule", LOST)
def test_a_batch_that_cannot_be_opened_keeps_no_other_waiting(
    prefect, home, shipped, sendings, capsys, rule
):
    waiting = waits(home, shipped, sendings / GOOD).batch
    LOST[rule](home, waiting.id)
    values = {"key_file": home.key_file, "batch": waiting.id[:8]}
    refused_in(capsys, "ru", ["ingest", str(sendings / LATER)], f"error.{rule}", **values)
    statuses = fetched(home, "SELECT status FROM batch_statuses WHERE step = 1")
    assert statuses == [("accepted",)]


# The disk


@contextmanager
def tiny_disk(folder, size):
    folder.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("a disk of a few kilobytes can only be made by root")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_template_for_which_there_is_no_room_is_not_begun(home, tmp_path, capsys):
    for code in languages():
        (tmp_path / "template.xlsx.part").symlink_to("/dev/full")
        refused_in(
            capsys, code, ["template", "--out", str(tmp_path / "template.xlsx")], "error.disk_full"
        )
        assert list(tmp_path.iterdir()) == []


def test_a_full_disk_under_the_deliveries(home, sendings, capsys):
    with tiny_disk(home.deliveries, "4k"):
        (home.deliveries / "filled").write_bytes(bytes(4096))
        for code in languages():
            refused_in(capsys, code, ["ingest", str(sendings / GOOD)], "error.disk_full")
        assert list(home.deliveries.rglob("*.new")) == []
    assert rows(home)["batches"] == rows(home)["events"] == 0


def test_a_full_disk_under_the_database(tmp_path, sendings, capsys):
    with tiny_disk(tmp_path / "small", "64k"):
        address = f"sqlite:///{tmp_path}/small/stories.sqlite"
        with home_in(tmp_path, STORIES_DATABASE_URL=address):
            for code in languages():
                words = ["ingest", str(sendings / GOOD)]
                refused_in(capsys, code, words, "error.database_full", database=address)


# The files


def text_of(path):
    return path.read_bytes().decode("utf-8-sig")


def bad_files(sendings):
    """File name → its bytes and the rule by which it is sent back."""
    good = text_of(sendings / GOOD)
    header, *answers = good.splitlines()
    table = [line.split(",") for line in good.splitlines()]
    whole = workbook(("data", table))
    form = ("survey", [["type", "name", "label"], ["text", "code", "Code"]])
    choices = ("choices", [["list_name", "name", "label"], ["yes", "1", "Yes"]])
    return {
        "picture.xlsx": (b"\x89PNG\r\n\x1a\n" + bytes(200), "not_a_table"),
        "empty.csv": (b"", "empty_file"),
        "form.xlsx": (workbook(form, choices), "xlsform"),
        "truncated.xlsx": (whole[: len(whole) // 2], "damaged_file"),
        "two.xlsx": (workbook(("one", table), ("two", table)), "two_data_sheets"),
        "no_rows.csv": (header.encode(), "no_rows"),
        "missing.csv": (good.replace("questions-fam_01", "").encode(), "missing_column"),
        "unknown.csv": (good.replace("SubmitterName", "Shoe size").encode(), "unknown_column"),
        "twelve.csv": (good.replace("synthetic", "991231500016").encode(), "personal_data"),
        "short.csv": ("\n".join([header, *answers[:-1]]).encode(), "control_total"),
    }


@pytest.fixture(scope="module")
def sent_back(prefect, sendings, tmp_path_factory):
    """All the bad files, sent at once, each with a right line in the list."""
    tmp_path = tmp_path_factory.mktemp("bad")
    folder = folder_of(sendings, tmp_path / "files", GOOD)
    header, line = (folder / "deliveries.csv").read_text().splitlines()
    files = bad_files(sendings)
    lines = [line.replace(GOOD, name) for name in files]
    (folder / "deliveries.csv").write_text("\n".join([header, *lines]))
    (folder / GOOD).unlink()
    for name, (content, _) in files.items():
        (folder / name).write_bytes(content)
    with home_in(tmp_path) as settings:
        assert main(["ingest", str(folder)]) == 3
        yield settings


def test_bad_files_store_no_row_and_leave_an_event(sent_back, sendings):
    files = bad_files(sendings)
    counts = rows(sent_back)
    assert counts["batches"] == len(files)
    assert counts["tallies"] == len(files)
    with reading(open_store(sent_back.database_url)) as conn:
        events = all_events(conn, moment("2100-01-01"))
        assert broken_at(conn) is None
    refused = [e for e in events if e.kind == "batch.moved" and e.details["to"] == "refused"]
    assert len(refused) == len(files)
    assert all(e.details["accepted"] == 0 for e in refused)
    names = fetched(sent_back, "SELECT name FROM sqlite_master WHERE name LIKE 'responses%'")
    assert names == []


@pytest.mark.parametrize("code", languages())
def test_every_bad_file_is_explained_in_every_language(sent_back, shipped, sendings, capsys, code):
    say = Language(code)
    by_rule = dict(fetched(sent_back, "SELECT rule, batch FROM findings WHERE effect = 'refuse'"))
    engine = open_store(sent_back.database_url)
    for _, rule in bad_files(sendings).values():
        capsys.readouterr()
        tell_receipts(engine, shipped, [Sent("x", by_rule[rule], True)], say)
        said = capsys.readouterr().out
        assert say("status.refused") in said
        values = {"n": 2, "declared": 3}
        # A rule that knows kinds says what to do about each kind.
        kinds = [key for key in catalogue(code).texts if key.startswith(f"rule.{rule}.")]
        fixes = [say(key, **values)[:40] for key in kinds if key.endswith(".fix")]
        assert any(fix in said for fix in fixes)
