"""What a client may cost, and what no client gets through: raw connections to the product's own server."""

import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tests.chatbot.company_site import company, running

pytestmark = pytest.mark.integration

HEAD_S, BODY_S, LARGEST, OF_ONE = 1.0, 1.5, 100_000, 300
FORM = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
FORM += b"Content-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, models_dir) -> Iterator[str]:  # type: ignore[no-untyped-def]
    limits = {"head_seconds": HEAD_S, "body_seconds": BODY_S, "body_bytes": LARGEST, "of_one_address": OF_ONE}
    with company(tmp_path_factory.mktemp("raw"), models_dir) as services, running(services, **limits) as served:
        yield served


def connect(address: str) -> socket.socket:
    return socket.create_connection(("127.0.0.1", urlsplit(address).port or 0), timeout=20)


def answer(connection: socket.socket) -> bytes:
    """All that comes until the server closes the connection, or says nothing more for a second."""
    got = b""
    try:
        while part := connection.recv(65536):
            got += part
            connection.settimeout(1)
    except (ConnectionError, TimeoutError):
        pass
    return got


def say(address: str, *parts: bytes, pause: float = 0) -> bytes:
    with connect(address) as connection:
        try:
            for part in parts:
                connection.sendall(part)
                time.sleep(pause)
        except ConnectionError:
            pass
        return answer(connection)


def is_well(address: str) -> bool:
    return httpx.get(f"{address}/health", trust_env=False, timeout=5).json() == {"status": "ok"}


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "])
def test_a_head_that_does_not_come_ends_the_connection(address: str, sent: bytes) -> None:
    started = time.monotonic()
    with connect(address) as connection:
        connection.sendall(sent)
        assert answer(connection) == b""
    assert HEAD_S * 0.8 < time.monotonic() - started < HEAD_S + 3


def test_drops_of_a_head_win_no_time(address: str) -> None:
    """Slowloris: one header after the other, none too late by itself."""
    started = time.monotonic()
    drops = [b"X: y\r\n"] * 60
    assert say(address, b"GET /health HTTP/1.1\r\nHost: localhost\r\n", *drops, pause=0.1) == b""
    assert time.monotonic() - started < HEAD_S + 3


def test_the_second_request_of_a_connection_is_timed_too(address: str) -> None:
    with connect(address) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")
        started = time.monotonic()
        connection.sendall(b"GET /hea")
        answer(connection)
    assert time.monotonic() - started < HEAD_S + 3


def test_a_body_that_does_not_come_is_answered_408(address: str) -> None:
    started = time.monotonic()
    got = say(address, FORM + b"Content-Length: 1000\r\n\r\nname=")
    assert got.startswith(b"HTTP/1.1 408") and b"content-security-policy" in got
    assert BODY_S * 0.8 < time.monotonic() - started < BODY_S + 3


def test_drops_of_a_body_win_no_time(address: str) -> None:
    got = say(address, FORM + b"Content-Length: 1000\r\n\r\n", *([b"x"] * 30), pause=0.1)
    assert got.startswith(b"HTTP/1.1 408")


def test_a_large_body_is_answered_413(address: str) -> None:
    got = say(address, FORM + b"Content-Length: 2000000\r\n\r\n", b"x" * 2_000_000)
    assert got.startswith(b"HTTP/1.1 413") and b"nosniff" in got


def test_a_large_body_without_a_length_is_answered_413(address: str) -> None:
    chunk = b"186a0\r\n" + b"x" * 100_000 + b"\r\n"
    got = say(address, FORM + b"Transfer-Encoding: chunked\r\n\r\n", *([chunk] * 20), b"0\r\n\r\n")
    assert got.startswith(b"HTTP/1.1 413")


def test_idle_connections_stop_nobody(address: str) -> None:
    idle = [connect(address) for _ in range(200)]
    assert is_well(address)
    for connection in idle:
        connection.close()


def test_one_address_has_so_many_connections(tmp_path_factory: pytest.TempPathFactory, address: str) -> None:
    time.sleep(0.2)
    many = [connect(address) for _ in range(OF_ONE)]
    with connect(address) as one_more:
        assert answer(one_more) == b""
    for connection in many:
        connection.close()
    time.sleep(0.5)
    assert is_well(address)


@pytest.mark.parametrize(
    "request_text",
    [
        b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\rSet-Cookie: b\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: localhost\r\nX : a\r\n\r\n",
        b"GET /health\r\n",
        b"GET /health HTTP/1.1\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: localhost@evil.example\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: localhost:80@evil.example\r\n\r\n",
        b"GET /health HTTP/1.0\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        FORM + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        FORM + b"Content-Length: -1\r\n\r\n",
        FORM + b"Content-Length: 4\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        FORM + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        FORM + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    ],
)
def test_what_is_no_proper_request_is_refused(address: str, request_text: bytes) -> None:
    got = say(address, request_text)
    assert got == b"" or int(got[9:12]) in (400, 431, 501), got
    assert not got or b"content-security-policy" in got.lower()
    assert is_well(address)


def test_a_request_inside_a_body_stays_a_body(address: str) -> None:
    """With both lengths given the chunks count, and what follows them is no answer to somebody else's request."""
    smuggled = b"0\r\n\r\nGET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n"
    length = b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n" % len(smuggled)
    got = say(address, FORM + length + smuggled)
    assert got.count(b"HTTP/1.1 ") == 1 and not got.startswith(b"HTTP/1.1 2")


@pytest.mark.parametrize("target", ["http://evil.example/health", "http://127.0.0.1:1/", "evil.example:443", "*"])
def test_a_target_elsewhere_is_not_fetched(address: str, target: str) -> None:
    for method in ("GET", "CONNECT", "OPTIONS"):
        got = say(address, f"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        assert 400 <= int(got[9:12]) < 500, got


def test_an_answer_may_last_longer_than_its_request(address: str) -> None:
    """Keep-alive, and a stream: neither limit counts once the request is there."""
    with httpx.Client(trust_env=False, timeout=10) as client:
        for _ in range(3):
            assert client.get(f"{address}/health").status_code == 200
            time.sleep(HEAD_S * 1.5)


@pytest.mark.parametrize("target", [b"/how/%00", b"/sign-in?next=%00", b"/health?a=%ff"])
def test_an_address_that_is_no_plain_text_is_answered_400(address: str, target: bytes) -> None:
    got = say(address, b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert got.startswith(b"HTTP/1.1 400") and b"content-security-policy" in got
