"""A token goes to a server that was named, and never unencrypted over a network."""

import pytest

from evaluation.errors import SettingsError
from evaluation.servers.address import Address, server_address

TAKEN = {
    "https://kf.example.org": Address("https://kf.example.org", "kf.example.org", False),
    " https://Odk.Example.org/ ": Address("https://odk.example.org", "odk.example.org", False),
    "https://example.org:8443/kobo/": Address(
        "https://example.org:8443/kobo", "example.org", False
    ),
    "http://127.0.0.1:8000": Address("http://127.0.0.1:8000", "127.0.0.1", True),
    "http://localhost": Address("http://localhost", "localhost", True),
    "http://[::1]:80": Address("http://[::1]:80", "::1", True),
}
REFUSED = {
    "": "server_address",
    "kf.example.org": "server_address",
    "ftp://kf.example.org": "server_address",
    "https://": "server_address",
    "https://kf.example.org:99999": "server_address",
    "https://[half": "server_address",
    "https://name:word@kf.example.org": "server_address",
    "https://kf.example.org/?token=1": "server_address",
    "http://kf.example.org": "server_unencrypted",
    "http://192.0.2.1": "server_unencrypted",
    "http://localhost.example.org": "server_unencrypted",
}


@pytest.mark.parametrize("said", TAKEN)
def test_an_address_is_taken_without_what_is_too_much(said):
    assert server_address(said) == TAKEN[said]


@pytest.mark.parametrize("said", REFUSED)
def test_no_other_address_is_taken(said):
    with pytest.raises(SettingsError) as refused:
        server_address(said)
    assert refused.value.rule == REFUSED[said]
    assert "word" not in str(refused.value)
