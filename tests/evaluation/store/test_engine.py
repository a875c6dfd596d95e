"""Opening a store, and what happens where that cannot be."""

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import inspect, text

from evaluation.errors import SettingsError, StoreError
from evaluation.language import Language
from evaluation.store import open_store, reading, writing
from evaluation.store.all_tables import metadata
from evaluation.store.upgrade import HEAD, VERSION_TABLE


def count(engine):
    with reading(engine) as conn:
        return conn.scalar(text("SELECT count(*) FROM tallies"))


def refused(url):
    with pytest.raises(StoreError) as refusal:
        open_store(url, patience=0.1)
    return refusal.value


def test_an_empty_database_gets_all_tables(engine):
    assert set(inspect(engine).get_table_names()) == {*metadata.tables, VERSION_TABLE}


def test_a_store_opens_again_with_what_it_held(url):
    with writing(open_store(url)) as conn:
        conn.execute(text("INSERT INTO instruments VALUES ('pupil', 1, 'f')"))
    with reading(open_store(url)) as conn:
        assert conn.execute(text("SELECT id FROM instruments")).all() == [("pupil",)]


def test_two_processes_may_open_an_empty_database_at_once(url):
    together = threading.Barrier(4)

    def opened(_):
        together.wait()
        return open_store(url)

    with ThreadPoolExecutor(4) as pool:
        assert [count(engine) for engine in pool.map(opened, range(4))] == [0, 0, 0, 0]


def test_opening_a_store_that_is_up_to_date_imports_no_alembic(url):
    open_store(url)
    code = (
        "import sys; from evaluation.store import open_store; open_store(sys.argv[1]); "
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, url], check=False).returncode == 0


def test_an_error_takes_everything_back(engine):
    with pytest.raises(ZeroDivisionError), writing(engine) as conn:
        conn.execute(text("INSERT INTO instruments VALUES ('pupil', 1, 'f')"))
        _ = 1 / 0
    with reading(engine) as conn:
        assert conn.scalar(text("SELECT count(*) FROM instruments")) == 0


def test_a_reader_sees_one_moment_while_a_writer_goes_on(engine):
    with reading(engine) as reader:
        before = reader.scalar(text("SELECT count(*) FROM instruments"))
        with writing(engine) as writer:
            writer.execute(text("INSERT INTO instruments VALUES ('pupil', 1, 'f')"))
        assert reader.scalar(text("SELECT count(*) FROM instruments")) == before == 0
    with reading(engine) as later:
        assert later.scalar(text("SELECT count(*) FROM instruments")) == 1


def test_a_reader_cannot_write(engine):
    with pytest.raises(StoreError, match="database_read_only"), reading(engine) as conn:
        conn.execute(text("INSERT INTO instruments VALUES ('pupil', 1, 'f')"))


def test_a_second_writer_waits_and_then_says_so(url):
    first, second = open_store(url), open_store(url, patience=0.1)
    with (
        writing(first),
        pytest.raises(StoreError, match="database_locked"),
        writing(second),
    ):
        pytest.fail("two writers at once")


def test_a_newer_database_is_refused_and_left_alone(url):
    with open_store(url).begin() as conn:
        conn.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    assert refused(url).rule == "database_newer"
    assert refused(url).values["found"] == "9999"


def test_a_database_of_another_programme_is_refused(url):
    with open_store(url).begin() as conn:
        conn.execute(text(f"DROP TABLE {VERSION_TABLE}"))
    assert refused(url).rule == "database_foreign"


def test_no_error_of_the_driver_shows_a_value(engine):
    secret = {"r": "p-secret", "w": "2022-01-01"}
    with pytest.raises(StoreError, match="database_refused") as refusal, writing(engine) as conn:
        for _ in range(2):
            statement = "INSERT INTO withdrawals VALUES (:r, CAST(:w AS timestamp))"
            conn.execute(text(statement), secret)
    assert "secret" not in str(refusal.value)
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__


def test_foreign_keys_are_kept(engine):
    with pytest.raises(StoreError, match="database_refused"), writing(engine) as conn:
        conn.execute(text("INSERT INTO batch_cards VALUES ('no such batch', 'a', 'b')"))


def test_a_sqlite_store_survives_a_power_cut_and_lets_readers_in(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path}/a/b/stories.sqlite")
    with reading(engine) as conn:
        asked = ("journal_mode", "synchronous", "foreign_keys")
        found = {name: conn.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked}
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert (tmp_path / "a/b").stat().st_mode & 0o077 == 0  # for its owner's eyes only


def test_a_read_only_database_says_so(tmp_path):
    path = tmp_path / "stories.sqlite"
    open_store(f"sqlite:///{path}")
    engine = open_store(f"sqlite:///file:{path}?mode=ro&uri=true")
    with pytest.raises(StoreError, match="database_read_only"), writing(engine) as conn:
        conn.execute(text("INSERT INTO instruments VALUES ('pupil', 1, 'f')"))


def test_a_file_that_is_no_database_is_called_damaged(tmp_path):
    path = tmp_path / "stories.sqlite"
    path.write_bytes(b"this is a letter, not a database" * 100)
    assert refused(f"sqlite:///{path}").rule == "database_damaged"


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    assert refused(f"sqlite:///{tmp_path}/file/stories.sqlite").rule == "database_unreachable"


def test_a_full_disk_is_told(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path}/stories.sqlite")
    with pytest.raises(StoreError, match="database_full"), writing(engine) as conn:
        conn.exec_driver_sql("PRAGMA max_page_count = 1")
        statement = text("INSERT INTO instruments VALUES (:id, 1, 'f')")
        for number in range(1000):
            conn.execute(statement, {"id": str(number) * 1000})


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ada:open-sesame@/stories?host=/no/such/folder",
        "postgres://ada@/stories?host=/no/such/folder&password=open-sesame",
    ],
)
def test_a_server_that_is_not_there_is_told_without_the_password(address):
    error = refused(address)
    assert error.rule == "database_unreachable"
    assert "open-sesame" not in str(error)
    assert "ada" in str(error)
    assert "open-sesame" not in Language("kk")(f"error.{error.rule}", **error.values)


@pytest.mark.parametrize(
    "address", ["", "not an address", "mysql://ada:open-sesame@here/stories", "sqlite://"]
)
def test_an_address_we_cannot_use_is_wrong_use(address):
    with pytest.raises(SettingsError, match="database_url") as refusal:
        open_store(address)
    assert "open-sesame" not in str(refusal.value)


def test_the_driver_is_of_no_concern_to_whoever_writes_the_address(url):
    if url.startswith("postgresql"):
        assert open_store(url.replace("postgresql", "postgres")).driver == "psycopg"
    else:
        assert open_store(url).driver == "pysqlite"


def test_the_version_written_is_the_newest(engine):
    with reading(engine) as conn:
        assert conn.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}")) == HEAD


def test_pythons_own_sqlite_reads_the_file(tmp_path):
    open_store(f"sqlite:///{tmp_path}/stories.sqlite")
    conn = sqlite3.connect(tmp_path / "stories.sqlite")
    try:
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        conn.close()
