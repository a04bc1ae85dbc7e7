"""The one way out: what it sends, where it does not go, and that it ends in time."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import ssl
from datetime import timedelta
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_django import Settings

from heliodesk.core import clock
from heliodesk.core.outgoing import NotReached, check, send
from tests.listener import Listener, Reply


def test_it_sends_what_it_is_given_and_gives_the_whole_answer(listener: Listener) -> None:
    listener.replies(201, {"made": 7}, X_Kind="thing")
    answer = send(
        "POST",
        f"{listener.url}/things?a=1",
        headers={"Authorization": "Bearer token"},
        params={"b": "ü"},
        json={"name": "Ada"},
        private=True,
    )
    assert (answer.status, answer.json(), answer.headers["x-kind"]) == (201, {"made": 7}, "thing")
    (asked,) = listener.asked
    assert (asked.method, asked.path) == ("POST", "/things?a=1&b=%C3%BC")
    assert asked.json() == {"name": "Ada"}
    assert asked.headers["host"] == f"127.0.0.1:{listener.port}"
    assert asked.headers["authorization"] == "Bearer token"
    assert asked.headers["user-agent"].startswith("Heliodesk")


@pytest.mark.parametrize("status", [200, 204, 304, 400, 404, 500])
def test_every_status_but_a_redirect_is_an_answer(listener: Listener, status: int) -> None:
    listener.replies(status, b"")
    assert send("GET", listener.url, private=True).status == status


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(listener: Listener, status: int) -> None:
    listener.replies(status, b"", Location=f"{listener.url}/elsewhere")
    with pytest.raises(NotReached, match="redirect") as caught:
        send("GET", listener.url, private=True)
    assert caught.value.status == status
    assert len(listener.asked) == 1


def test_the_body_of_a_redirect_is_not_read(listener: Listener) -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: /on\r\nContent-Length: 999999999\r\n\r\n"
    listener.drips(head, b"on and on")
    with pytest.raises(NotReached, match="which is not followed"):
        send("GET", listener.url, private=True, timeout=1)


def test_the_own_machine_is_not_asked_unless_that_is_wanted(listener: Listener) -> None:
    with pytest.raises(NotReached, match="not an address of the public internet"):
        send("GET", listener.url)
    with pytest.raises(NotReached, match="not an address of the public internet"):
        check(listener.url)
    check(listener.url, private=True)
    assert listener.asked == []


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://example.com/", "only http"),
        ("file:///etc/passwd", "only http"),
        ("example.com", "only http"),
        ("", "only http"),
        ("http://", "only http"),
        ("http://user:secret@example.com/", "name and password"),
        ("http://user@example.com/", "name and password"),
        ("http://[::1", "not an address"),
        ("http://127.0.0.1:99999/", "not an address"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str, why: str) -> None:
    for act in (lambda: send("GET", url, private=True), lambda: check(url, private=True)):
        with pytest.raises(NotReached, match=why):
            act()


@pytest.mark.parametrize(
    "headers", [{"X-A": "1\r\nX-B: 2"}, {"X-A": "1\nX-B: 2"}, {"X-A\r\nX-B": "2"}]
)
def test_no_header_is_smuggled_in(listener: Listener, headers: dict[str, str]) -> None:
    with pytest.raises(NotReached):
        send("GET", listener.url, headers=headers, private=True)
    with pytest.raises(NotReached):
        send("GET\r\nX-B: 2", listener.url, private=True)
    assert listener.asked == []


def test_a_line_break_in_an_address_is_escaped(listener: Listener) -> None:
    send("GET", f"{listener.url}/a\r\nX-B: 2", private=True)
    assert "x-b" not in listener.asked[0].headers


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["silence", "body", "header", "chunks", "continue"],
)
def test_it_ends_in_time_whatever_drips(listener: Listener, first: bytes, then: bytes) -> None:
    listener.drips(first, then)
    began = monotonic()
    with pytest.raises(NotReached, match=r"did not answer within 0\.2 s"):
        send("GET", listener.url, timeout=0.2, private=True)
    assert monotonic() - began < 1


def test_a_name_that_is_not_answered_ends_in_time(
    monkeypatch: pytest.MonkeyPatch, listener: Listener
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: listener.ended.wait(5))
    with pytest.raises(NotReached, match="within"):
        send("GET", "http://slow.example/", timeout=0.1)


def test_a_long_answer_is_refused(listener: Listener) -> None:
    listener.replies(200, b"x" * 2001)
    assert len(send("GET", listener.url, limit=2001, private=True).body) == 2001
    with pytest.raises(NotReached, match="longer than 2000 bytes"):
        send("GET", listener.url, limit=2000, private=True)
    listener.replies(200, gzip.compress(b"x" * 5_000_000), Content_Encoding="gzip")
    with pytest.raises(NotReached, match="longer than 2000 bytes"):
        send("GET", listener.url, limit=2000, private=True)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal",
    ],
)
def test_half_an_answer_is_none(listener: Listener, sent: bytes) -> None:
    def cut_off(_: Any, wire: socket.socket) -> Reply | None:
        wire.sendall(sent)
        return None

    listener.answer = cut_off
    with pytest.raises(NotReached, match="cannot be reached"):
        send("GET", listener.url, private=True)


@pytest.mark.parametrize("sent", [b"\x00\x01 no answer\r\n\r\n", b"X" * 60_000 + b"\r\n\r\n"])
def test_a_reason_can_be_kept_and_shown_whatever_the_other_side_sends(
    listener: Listener, sent: bytes
) -> None:
    def says(_: Any, wire: socket.socket) -> Reply | None:
        wire.sendall(sent)
        return None

    listener.answer = says
    with pytest.raises(NotReached) as missed:
        send("GET", listener.url, private=True)
    assert missed.value.reason.isprintable()
    assert len(missed.value.reason) <= 300


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(NotReached, match="refused"):
            send("GET", f"http://127.0.0.1:{free.getsockname()[1]}", private=True)


def test_an_answer_that_is_not_json_says_so(listener: Listener) -> None:
    listener.replies(200, b"<html>")
    with pytest.raises(NotReached, match="not JSON"):
        send("GET", listener.url, private=True).json()


def test_nothing_comes_from_the_environment(
    listener: Listener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert send("GET", listener.url, private=True).status == 200
    assert "authorization" not in listener.asked[0].headers


def test_the_connection_goes_to_the_address_that_was_judged(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads elsewhere when it is looked up again gains nothing."""
    true_lookup, asked = socket.getaddrinfo, []

    def lookup(host: str, *args: Any, **options: Any) -> Any:
        asked.append(host)
        if host == "turns.example" and asked.count(host) > 1:
            raise AssertionError("looked up twice")
        return true_lookup("127.0.0.1" if host == "turns.example" else host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    assert send("GET", f"http://turns.example:{listener.port}/", private=True).status == 200
    assert listener.asked[0].headers["host"] == f"turns.example:{listener.port}"


def test_the_certificate_must_be_the_hosts(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_lookup = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **k: true_lookup("127.0.0.1", *a, **k)
    )
    certificate = _certificate(tmp_path, "right.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def serve() -> None:
            for _ in range(3):
                wire, _address = server.accept()
                try:
                    with context.wrap_socket(wire, server_side=True) as safe:
                        safe.recv(4096)
                        safe.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                except OSError:
                    wire.close()

        thread = Thread(target=serve, daemon=True)
        thread.start()
        with pytest.raises(NotReached, match="certificate"):
            send("GET", f"https://right.example:{port}/", private=True)
        settings.CERTIFICATES = str(certificate)
        with pytest.raises(NotReached, match="certificate"):
            send("GET", f"https://wrong.example:{port}/", private=True)
        assert send("GET", f"https://right.example:{port}/", private=True).body == b"ok"
        thread.join()


def _certificate(folder: Path, host: str) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    names: list[x509.GeneralName] = [x509.DNSName(host)]
    names.append(x509.IPAddress(ipaddress.ip_address("192.0.2.1")))
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return path
