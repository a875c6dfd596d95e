"""A server on this machine, with real sockets, that answers as it is told to."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Question:
    """What was asked of the server."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: object = b""
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None  # what it says of its length, where that is not the truth
    pause: threading.Event | None = None  # until which nothing comes

    @property
    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


Answering = Callable[[Question], Reply]


class LocalServer:
    """`with LocalServer(answer) as server`. `faults`: replies that come first, each once;
    None among them: the ordinary answer. `asked`: everything that was asked, in order."""

    def __init__(self, answer: Answering, *faults: Reply | None) -> None:
        self.answer = answer
        self.faults = list(faults)
        self.asked: list[Question] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def reply(self, question: Question) -> Reply:
        self.asked.append(question)
        fault = self.faults.pop(0) if self.faults else None
        return self.answer(question) if fault is None else fault

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


def _handler(server: LocalServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            parts = urlsplit(self.path)
            query = {name: said[-1] for name, said in parse_qs(parts.query).items()}
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): said for name, said in self.headers.items()}
            reply = server.reply(Question(self.command, parts.path, query, headers, body))
            if reply.pause:
                reply.pause.wait(30)
            try:
                self._send(reply)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # whoever asked has gone

        def _send(self, reply: Reply) -> None:
            content = reply.content
            self.send_response(reply.status)
            for name, said in ({"Content-Type": "application/json"} | reply.headers).items():
                self.send_header(name, said)
            length = len(content) if reply.length is None else reply.length
            self.send_header("Content-Length", str(length))
            self.close_connection = length != len(content)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = _answer  # noqa: N815 - names that the library looks for

        def log_message(self, *_: object) -> None: ...

    return Handler


def no_wait(waited: list[float] | None = None):
    """Patience that waits for nothing, and notes for how long it would have."""
    from evaluation.servers.patience import Patience

    noted = [] if waited is None else waited
    return Patience(wait=noted.append, chance=lambda: 0.5, timeout=5.0)
