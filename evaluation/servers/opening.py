"""A connection to a server of forms, with the proof of who asks: from the environment alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from evaluation.errors import SettingsError
from evaluation.servers.address import server_address
from evaluation.servers.odk import sign_in
from evaluation.servers.patience import Patience
from evaluation.servers.web import Web
from evaluation.settings import Settings


class Tool(StrEnum):
    KOBO = "kobo"
    ODK = "odk"


@contextmanager
def connected(tool: Tool, server: str, settings: Settings, patience: Patience) -> Iterator[Web]:
    """SettingsError: no address of a server, or nothing in the environment that opens it."""
    address = server_address(server)
    require_secret(tool, settings)
    with Web(address, patience) as web:
        if tool is Tool.KOBO:
            web.show(f"Token {settings.kobo_token}")
        else:
            said = {"token": settings.odk_token, "email": settings.odk_email}
            sign_in(web, **said, password=settings.odk_password)
        yield web


def require_secret(tool: Tool, settings: Settings) -> None:
    """Before anything is sent; what cannot be sent in a header would be quoted by an error."""
    token = settings.kobo_token if tool is Tool.KOBO else settings.odk_token
    by_password = tool is Tool.ODK and settings.odk_email and settings.odk_password
    usable = token.isascii() and token.isprintable() if token else by_password
    if not usable:
        raise SettingsError(f"server_secret_missing_{tool}")
