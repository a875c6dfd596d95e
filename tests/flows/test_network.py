"""A run opens no connection beyond this machine, and nobody has to switch anything off for it.

Every Python process of the run, and of its children, writes down each address that it asks for.
"""

import ast
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.given import GOOD, LATER, ROOT, folder_of

HOOK = '''
"""Python imports this by itself when it starts."""
import os
import sys

EVENTS = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.getaddrinfo": 0}


def seen(event, arguments):
    if event in EVENTS:
        line = f"{os.getpid()}\\t{event}\\t{arguments[EVENTS[event]]!r}\\n"
        file = os.open(os.environ["ADDRESSES"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(file, line.encode())
        os.close(file)


sys.addaudithook(seen)
'''

ASSESS = """
import json, os, sys
from flows.cli import main
code = main(["assess", sys.argv[1]])
from prefect.settings import get_current_settings
server = get_current_settings().server
said = {"code": code, "server": server.analytics_enabled,
        "gx": os.environ["GX_ANALYTICS_ENABLED"], "track": os.environ["DO_NOT_TRACK"]}
open(sys.argv[2], "w").write(json.dumps(said))
"""

HERE = {"127.0.0.1", "::1", "localhost", "0.0.0.0", None}


def run_watched(tmp_path: Path, program: str, *words: str) -> list[tuple[str, str, object]]:
    """(process, event, address) of everything that was asked for, on a terminal of its own.

    On a terminal, because some packages report only what people do at one.
    """
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook/sitecustomize.py").write_text(HOOK)
    addresses = tmp_path / "addresses"
    addresses.touch()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path / "home"),
        "TERM": "xterm",
        "STORIES_DATA": str(tmp_path / "var"),
        "PYTHONPATH": str(tmp_path / "hook"),
        "ADDRESSES": str(addresses),
    }
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", program, *words],
        cwd=ROOT,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        screen = _read(ours)
        assert process.wait(timeout=200) == 0, screen[-2000:]
    os.close(ours)
    lines = [line.split("\t") for line in addresses.read_text().splitlines()]
    return [(process, event, ast.literal_eval(address)) for process, event, address in lines]


def _read(terminal: int) -> str:
    pieces = []
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # Linux says "input/output error" when the other side has closed
            piece = b""
        if not piece:
            return b"".join(pieces).decode("utf-8", "replace")
        pieces.append(piece)


def beyond_this_machine(asked: list[tuple[str, str, object]]) -> list[object]:
    def host(address: object) -> object:
        return address[0] if isinstance(address, tuple) else address

    return [
        address
        for _, event, address in asked
        # A text where an address belongs is a socket in the file system.
        if not (event != "socket.getaddrinfo" and isinstance(address, str | bytes))
        and host(address) not in HERE
    ]


@pytest.mark.parametrize(
    ("attempt", "address"),
    [
        ("s.connect(('192.0.2.1', 9))", ("192.0.2.1", 9)),
        ("s.sendto(b'', ('192.0.2.1', 9))", ("192.0.2.1", 9)),
        ("socket.getaddrinfo('stories.invalid', 9)", "stories.invalid"),
    ],
)
def test_the_watch_sees_who_calls_out_even_in_a_child(tmp_path, attempt, address):
    calls = (
        "import socket\n"
        "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "s.settimeout(0.01)\n"
        f"try:\n    {attempt}\nexcept OSError:\n    pass\n"
    )
    parent = (
        f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {calls!r}], check=True)"
    )
    assert beyond_this_machine(run_watched(tmp_path, parent)) == [address]


def test_an_assessment_talks_to_nobody_but_this_machine(tmp_path, sendings):
    folder = folder_of(sendings, tmp_path / "files", GOOD, LATER)
    asked = run_watched(tmp_path, ASSESS, str(folder), str(tmp_path / "said.json"))
    said = json.loads((tmp_path / "said.json").read_text())
    assert said == {"code": 0, "server": False, "gx": "false", "track": "1"}
    # Prefect's server and its client did talk, in processes of their own: the watch was awake.
    assert len({process for process, event, _ in asked if event == "socket.connect"}) >= 1
    assert any(isinstance(address, tuple) and address[0] == "127.0.0.1" for _, _, address in asked)
    assert beyond_this_machine(asked) == []
    assert len(list((tmp_path / "var/reports").glob("year-end-report.??.html"))) == 3
