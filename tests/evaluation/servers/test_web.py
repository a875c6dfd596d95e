"""Asking a server that is well, ill, busy, slow, far too talkative or not the right one."""

import datetime
import gzip
import json
import socket
import ssl
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from evaluation.errors import ServerError, SettingsError
from evaluation.servers import web as webs
from evaluation.servers.address import server_address
from evaluation.servers.patience import Patience
from evaluation.servers.web import Parcel, Web
from tests.evaluation.servers.local import LocalServer, Reply, no_wait

SECRET = "Token made-up"
FINE = Reply(200, {"value": 1})


def fine(_question):
    return FINE


def asked(server, patience=None):
    with Web(server_address(server.url), patience or no_wait()) as web:
        web.show(SECRET)
        return web.get("/data", page="1")


def rule_of(server, patience=None):
    with pytest.raises((ServerError, SettingsError)) as refused:
        asked(server, patience)
    assert refused.value.values["host"] == "127.0.0.1"
    assert "made-up" not in str(refused.value)
    return refused.value.rule, refused.value.exit_code


def test_the_answer_is_read_and_the_token_shown():
    with LocalServer(fine) as server:
        assert asked(server) == {"value": 1}
        (question,) = server.asked
    assert (question.method, question.path, question.query) == ("GET", "/data", {"page": "1"})
    assert question.headers["authorization"] == SECRET


def test_an_answer_without_a_word_is_none():
    with LocalServer(lambda _: Reply(200, b" ")) as server:
        assert asked(server) is None


AGAIN = {
    "busy": Reply(429),
    "failing": Reply(500),
    "a gateway": Reply(502, b"<html>bad gateway</html>"),
    "going down": Reply(503),
    "half of an answer": Reply(200, b'{"value": ', length=500),
    "half of the JSON": Reply(200, b'{"value": '),
    "brackets without an end": Reply(200, b"[" * 200_000),
    "no gzip": Reply(200, b"no gzip", {"Content-Encoding": "gzip"}),
}


@pytest.mark.parametrize("fault", AGAIN)
def test_what_may_be_over_in_a_moment_is_asked_again(fault):
    waited = []
    with LocalServer(fine, AGAIN[fault], AGAIN[fault]) as server:
        assert asked(server, no_wait(waited)) == {"value": 1}
    assert waited == [1.0, 2.0]


FOR_EVER = {
    "busy": "server_busy",
    "failing": "server_failing",
    "going down": "server_failing",
    "half of an answer": "server_half_page",
    "half of the JSON": "server_half_page",
}


@pytest.mark.parametrize("fault", FOR_EVER)
def test_after_five_attempts_it_is_said_what_was_wrong(fault):
    waited = []
    with LocalServer(lambda _: AGAIN[fault]) as server:
        assert rule_of(server, no_wait(waited)) == (FOR_EVER[fault], 3)
        assert len(server.asked) == 5
    assert waited == [1.0, 2.0, 4.0, 8.0]


AT_ONCE = {
    "a wrong token": (Reply(401), "server_token_refused", 2),
    "not allowed": (Reply(403), "server_token_refused", 2),
    "no such form": (Reply(404), "server_form_missing", 2),
    "moved": (Reply(302, b"", {"Location": "https://elsewhere.invalid/"}), "server_redirects", 2),
    "not understood": (Reply(400), "server_rejects", 3),
    "a teapot": (Reply(418), "server_rejects", 3),
    "there already": (Reply(409), "server_conflict", 3),
    "a page to sign in": (Reply(200, b"\n<!DOCTYPE html><html>"), "server_web_page", 3),
}


@pytest.mark.parametrize("fault", AT_ONCE)
def test_what_will_not_get_better_is_said_at_once(fault):
    reply, *told = AT_ONCE[fault]
    with LocalServer(lambda _: reply) as server:
        assert rule_of(server) == tuple(told)
        assert len(server.asked) == 1


def test_where_nothing_is_may_be_an_answer_too():
    gone = LocalServer(lambda _: Reply(404))
    with gone as server, Web(server_address(server.url), no_wait()) as web:
        assert web.find("/nothing") is None


def test_a_token_is_never_sent_where_a_server_points_to():
    with LocalServer(fine) as other:
        moved = Reply(307, b"", {"Location": f"{other.url}/data"})
        with LocalServer(lambda _: moved) as server:
            assert rule_of(server)[0] == "server_redirects"
        assert other.asked == []


def test_as_long_as_a_server_asks_for_is_waited():
    waited = []
    with LocalServer(fine, Reply(429, b"", {"Retry-After": "17"})) as server:
        assert asked(server, no_wait(waited)) == {"value": 1}
    assert waited == [18.0]


def test_nobody_waits_for_an_hour():
    waited = []
    with LocalServer(fine, Reply(503, b"", {"Retry-After": "3600"})) as server:
        assert rule_of(server, no_wait(waited)) == ("server_asks_to_wait", 3)
    assert waited == []


def test_a_server_that_says_nothing_is_not_waited_for():
    over = threading.Event()
    with LocalServer(lambda _: Reply(pause=over)) as server:
        patience = Patience(wait=lambda _: None, timeout=0.05)
        assert rule_of(server, patience) == ("server_silent", 3)
        over.set()


def test_a_server_that_dribbles_is_not_waited_for_either():
    ticks = iter(range(0, 10_000, 400))
    with LocalServer(lambda _: FINE) as server:
        patience = Patience(wait=lambda _: None, clock=lambda: next(ticks), whole=300.0)
        assert rule_of(server, patience) == ("server_silent", 3)


def test_nobody_there_is_said():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with Web(server_address(url), no_wait()) as web, pytest.raises(ServerError) as refused:
        web.get("/data")
    assert refused.value.rule == "server_unreachable"


def test_a_small_answer_that_unpacks_to_a_huge_one_is_not_read_to_its_end():
    bomb = gzip.compress(b" " * (webs.LARGEST + 1))
    assert len(bomb) < 100_000
    with LocalServer(lambda _: Reply(200, bomb, {"Content-Encoding": "gzip"})) as server:
        assert rule_of(server) == ("server_too_much", 3)


def test_what_was_perhaps_done_is_not_asked_for_twice():
    with LocalServer(fine, Reply(500)) as server, Web(server_address(server.url), no_wait()) as web:
        with pytest.raises(ServerError) as refused:
            web.ask("POST", "/make", sent=Parcel(values={"a": 1}), again=False)
        assert refused.value.rule == "server_failing"
        (question,) = server.asked
    assert (question.method, json.loads(question.body)) == ("POST", {"a": 1})


def test_what_was_not_even_begun_is_asked_for_again():
    with LocalServer(fine, Reply(429)) as server, Web(server_address(server.url), no_wait()) as web:
        assert web.ask("POST", "/make", sent=Parcel(fields={"a": "1"}), again=False) == {"value": 1}
        assert [question.body for question in server.asked] == [b"a=1", b"a=1"]


def test_a_server_that_cannot_prove_who_it_is_gets_no_token(tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    day = datetime.datetime(2022, 1, 1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day)
        .not_valid_after(day + datetime.timedelta(days=36_500))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "both.pem").write_bytes(plain + certificate.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    with LocalServer(fine) as server:
        server._server.socket = context.wrap_socket(server._server.socket, server_side=True)
        address = server_address(server.url.replace("http:", "https:"))
        with Web(address, no_wait()) as web, pytest.raises(ServerError) as refused:
            web.show(SECRET)
            web.get("/data")
        assert server.asked == []
    assert refused.value.rule == "server_certificate"
