"""Where a server is. A token is sent nowhere else, and never unencrypted over a network."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from evaluation.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Address:
    """`url` without a slash at its end. `is_here`: on this machine."""

    url: str
    host: str
    is_here: bool


def server_address(said: str) -> Address:
    """Raises SettingsError: no address of a server, or one to which a token may not be sent."""
    try:
        parts = urlsplit(said.strip())
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise SettingsError("server_address") from None
    # A name and password in an address would be printed wherever the address is.
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc or parts.query:
        raise SettingsError("server_address")
    is_here = _is_here(host)
    if parts.scheme == "http" and not is_here:
        raise SettingsError("server_unencrypted", host=host)
    path = parts.path.rstrip("/")
    return Address(f"{parts.scheme}://{parts.netloc.lower()}{path}", host, is_here)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
