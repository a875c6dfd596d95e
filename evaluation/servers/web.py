"""One server, asked for JSON: with time-outs, limits and patience, and the token for nobody else.

Nothing of what a server says is repeated in an error: a page of it may quote a child's answer, and
an address may hold a token.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any

from evaluation.errors import ServerError, SettingsError
from evaluation.servers.address import Address
from evaluation.servers.patience import (
    ATTEMPTS,
    LONGEST_PAUSE,
    TRY_AGAIN,
    Patience,
    asked_to_wait,
)

if TYPE_CHECKING:
    import httpx

LARGEST = 64 * 1024 * 1024
"""Bytes of one answer, unpacked. A thousand submissions are a few megabytes."""

REFUSALS = {
    400: "server_rejects",
    401: "server_token_refused",
    403: "server_token_refused",
    404: "server_form_missing",
    409: "server_conflict",
    413: "server_rejects",
    422: "server_rejects",
}

WRONG_USE = frozenset({"server_token_refused", "server_form_missing", "server_redirects"})
"""Not the server's fault: another token, form or address is needed."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent with a question: a form's fields, JSON, or bytes of a type."""

    fields: Mapping[str, str] | None = None
    values: Mapping[str, object] | None = None
    content: bytes | None = None
    headers: Mapping[str, str] | None = None


NOTHING = Parcel()


class _AgainError(Exception):
    """This attempt failed, and the next may not. `rule` is said where none does."""

    def __init__(self, rule: str, asked: float | None = None) -> None:
        super().__init__(rule)
        self.rule = rule
        self.asked = asked


class Web:
    """A connection to one server; `with Web(...) as web`. The headers go to this server alone."""

    def __init__(self, address: Address, patience: Patience) -> None:
        import httpx

        self.address = address
        self._patience = patience
        self._client = httpx.Client(
            headers={"Accept": "application/json", "User-Agent": "stories"},
            timeout=patience.timeout,
            # A redirect may lead anywhere, with the token in its luggage.
            follow_redirects=False,
            # A proxy of the office is for the world outside, not for this machine.
            trust_env=not address.is_here,
        )

    def __enter__(self) -> Web:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def show(self, authorization: str) -> None:
        """Say who asks, from now on."""
        self._client.headers["Authorization"] = authorization

    def get(self, path: str, **asked: str) -> Any:
        """`path` begins with a slash. Raises ServerError; SettingsError where the address, the
        token or the form is not one that this server knows."""
        return self.ask("GET", path, asked=asked)

    def find(self, path: str, **asked: str) -> Any:
        """None where there is nothing."""
        return self.ask("GET", path, asked=asked, or_none=True)

    def ask(
        self,
        method: str,
        path: str,
        *,
        asked: Mapping[str, str] | None = None,
        sent: Parcel = NOTHING,
        or_none: bool = False,
        again: bool = True,
    ) -> Any:
        """The JSON of the answer. `again` False: what would be done twice, were it sent twice."""
        attempt = 0
        while True:
            try:
                status, body = self._once(method, path, asked or {}, sent)
                return None if status == 404 and or_none else _json_of(status, body)
            except _AgainError as failed:
                # Whoever is told to come later has not been served: that may be sent twice.
                if attempt == ATTEMPTS - 1 or not (again or failed.rule == "server_busy"):
                    raise ServerError(failed.rule, host=self.address.host) from None
                pause = self._patience.pause(attempt, failed.asked)
            except ServerError as refused:
                kind = SettingsError if refused.rule in WRONG_USE else ServerError
                raise kind(refused.rule, host=self.address.host, **refused.values) from None
            if pause > LONGEST_PAUSE:
                raise ServerError(
                    "server_asks_to_wait", host=self.address.host, minutes=round(pause / 60)
                )
            self._patience.wait(pause)
            attempt += 1

    def _once(
        self, method: str, path: str, asked: Mapping[str, str], sent: Parcel
    ) -> tuple[int, bytes]:
        import httpx

        try:
            with self._client.stream(
                method,
                self.address.url + path,
                params=asked or None,
                data=sent.fields,
                json=sent.values,
                content=sent.content,
                headers=sent.headers,
            ) as response:
                if response.status_code in TRY_AGAIN:
                    busy = "server_busy" if response.status_code == 429 else "server_failing"
                    raise _AgainError(busy, asked_to_wait(response.headers))
                return response.status_code, self._body(response)
        except httpx.TimeoutException:
            raise _AgainError("server_silent") from None
        except httpx.ConnectError as error:
            if "CERTIFICATE" in str(error).upper():
                raise ServerError("server_certificate") from None
            raise _AgainError("server_unreachable") from None
        except httpx.RequestError:
            raise _AgainError("server_half_page") from None

    def _body(self, response: httpx.Response) -> bytes:
        body, until = bytearray(), self._patience.clock() + self._patience.whole
        for piece in response.iter_bytes():
            body += piece
            if len(body) > LARGEST:
                raise ServerError("server_too_much", limit=LARGEST // 2**20)
            if self._patience.clock() > until:
                raise _AgainError("server_silent")
        return bytes(body)


def _json_of(status: int, body: bytes) -> Any:
    if 300 <= status < 400:
        raise ServerError("server_redirects")
    if status >= 400:
        raise ServerError(REFUSALS.get(status, "server_rejects"), status=status)
    if body.lstrip()[:1] == b"<":
        raise ServerError("server_web_page")
    try:
        return json.loads(body) if body.strip() else None
    except (ValueError, RecursionError):
        raise _AgainError("server_half_page") from None
