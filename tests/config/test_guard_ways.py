"""Ways past the guard that plain Python has, and how often the guard itself asks the name service."""

import _socket
import asyncio
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request

import pytest

from config import environment
from config.errors import ConnectionRefusedByGuard
from config.guard import AllowedHosts

OUTSIDE = [
    "::ffff:8.8.8.8", "::8.8.8.8", "64:ff9b::808:808", "2002:808:808::1", "0x08080808", "134744072", "010.8.8.8",
    "8.8.8.8.", "fe80::1%eth0", "<broadcast>", "255.255.255.255", "224.0.0.251", "ff02::fb", "[8.8.8.8]",
    "127.0.0.1%geheim.example.org", "::1%geheim", "127.0.0.1.example.org", "localhost.example.org",
]  # fmt: skip
RAW = [
    ("AF_PACKET", socket.SOCK_RAW, 0),
    ("AF_NETLINK", socket.SOCK_RAW, 0),
    ("AF_VSOCK", socket.SOCK_STREAM, 0),
    ("AF_BLUETOOTH", socket.SOCK_STREAM, 3),
    ("AF_INET", socket.SOCK_RAW, socket.IPPROTO_ICMP),
    ("AF_INET", socket.SOCK_DGRAM, socket.IPPROTO_ICMP),
    ("AF_INET", socket.SOCK_STREAM, 132),  # SCTP connects by an option of the socket
    ("AF_INET", socket.SOCK_SEQPACKET, 0),
    ("AF_INET6", socket.SOCK_RAW | socket.SOCK_NONBLOCK, socket.IPPROTO_UDP),
]


def family(host: str) -> int:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


class Innocent(str):
    """Says of itself what it is not; C code does not ask it."""

    def lower(self) -> str:
        return "localhost"

    def __str__(self) -> str:
        return "localhost"

    def __len__(self) -> int:
        return 0


class Disguised(tuple):  # type: ignore[type-arg]
    def __getitem__(self, _: object) -> str:
        return "127.0.0.1"

    def __len__(self) -> int:
        return 0


@pytest.mark.parametrize("host", OUTSIDE)
@pytest.mark.parametrize("call", ["connect", "connect_ex", "sendto", "sendmsg"])
def test_no_spelling_of_an_address_gets_out(host: str, call: str) -> None:
    one, address = socket.socket(family(host), socket.SOCK_DGRAM), (host, 53)
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, b"")]
    arguments = {"sendto": (b"", address), "sendmsg": ([b""], rights, 0, address)}.get(call, (address,))
    with one, pytest.raises(ConnectionRefusedByGuard):
        getattr(one, call)(*arguments)


@pytest.mark.parametrize("call", ["bind", "connect", "connect_ex", "sendto", "sendmsg"])
def test_a_name_is_refused_before_anybody_is_asked(call: str) -> None:
    """C code looks a name up before it raises the event of the call itself."""
    address = ("geheim.example.org", 53)
    arguments = {"sendto": (b"", address), "sendmsg": ([b""], [], 0, address)}.get(call, (address,))
    began = time.monotonic()
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one,
        pytest.raises(ConnectionRefusedByGuard, match="geheim"),
    ):
        getattr(one, call)(*arguments)
    assert time.monotonic() - began < 0.5


@pytest.mark.parametrize("host", [host for host in OUTSIDE if host])
def test_no_spelling_is_looked_up(host: str) -> None:
    for look_up in (socket.getaddrinfo, socket.gethostbyname, socket.gethostbyname_ex, socket.gethostbyaddr):
        with pytest.raises(ConnectionRefusedByGuard):
            look_up(*([host, 53] if look_up is socket.getaddrinfo else [host]))  # type: ignore[operator]
    with pytest.raises(ConnectionRefusedByGuard):
        socket.getaddrinfo(host.encode(), 53)
    with pytest.raises(ConnectionRefusedByGuard):
        socket.getnameinfo((host, 53), 0)


@pytest.mark.parametrize(
    "address",
    [(Innocent("192.0.2.7"), 9), Disguised(("192.0.2.7", 9)), (bytearray(b"192.0.2.7"), 9), (b"192.0.2.7", 9)],
)
def test_an_address_is_what_the_system_reads(address: tuple[object, int]) -> None:
    one = _socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with pytest.raises(ConnectionRefusedByGuard):
        one.connect(address)
    one.close()
    with pytest.raises(ConnectionRefusedByGuard):
        socket.getaddrinfo(Innocent("example.org"), 9)


@pytest.mark.parametrize(("name", "kind", "protocol"), RAW)
def test_sockets_beside_tcp_udp_and_unix_are_not_made(name: str, kind: int, protocol: int) -> None:
    if hasattr(socket, name):
        with pytest.raises(ConnectionRefusedByGuard):
            socket.socket(getattr(socket, name), kind, protocol)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "0.0.0.0", "::", "localhost"])
def test_this_machine_is_reached_by_any_of_its_names(host: str) -> None:
    where = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(where, socket.SOCK_DGRAM) as one:
        one.connect((host, 9))


@pytest.mark.integration
def test_unix_sockets_pairs_and_taken_over_sockets_work(tmp_path: object) -> None:
    left, right = socket.socketpair()
    left.send(b"x")
    assert socket.socket(fileno=os.dup(right.fileno())).recv(1) == b"x"
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(f"{tmp_path}/s")
        server.listen()
        client.connect(f"{tmp_path}/s")


def test_asyncio_and_other_threads_are_held() -> None:
    async def send() -> None:
        loop = asyncio.get_running_loop()
        await loop.create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=("192.0.2.7", 53))

    with pytest.raises(ConnectionRefusedByGuard):
        asyncio.run(send())
    caught: list[BaseException] = []

    def connect() -> None:
        try:
            socket.create_connection(("192.0.2.7", 9))
        except ConnectionRefusedByGuard as error:
            caught.append(error)

    thread = threading.Thread(target=connect)
    thread.start()
    thread.join()
    assert caught


def test_another_interpreter_without_the_hook_is_not_made() -> None:
    interpreters = pytest.importorskip("_xxsubinterpreters")
    with pytest.raises(RuntimeError) as refused:
        interpreters.create()
    chain = [refused.value, refused.value.__cause__, refused.value.__context__]
    assert any(isinstance(error, ConnectionRefusedByGuard) for error in chain) or "failed" in str(refused.value)


@pytest.mark.integration
def test_a_proxy_of_the_environment_is_no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    import httpx

    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.setblocking(False)
        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        for name in ("HTTP_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, address)
        environment.prepare()
        assert environment.with_proxies()["ALL_PROXY"] == address
        for fetch in (httpx.get, urllib.request.urlopen):
            with pytest.raises(ConnectionRefusedByGuard):
                fetch("http://example.org/")  # type: ignore[operator]
        with pytest.raises(BlockingIOError):
            proxy.accept()
    environment._proxies.clear()


class Names:
    """A name service, with how often it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.now = 1000.0
        self.address = "10.0.0.5"
        monkeypatch.setattr(socket, "getaddrinfo", self._answer)

    def _answer(self, name: str, _: object) -> list[tuple[object, ...]]:
        self.asked.append(name)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (self.address, 0))]

    def clock(self) -> float:
        return self.now


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    return Names(monkeypatch)


def test_refused_addresses_ask_the_name_service_once_a_minute(names: Names) -> None:
    allowed = AllowedHosts(["ollama", "db.example"], names.clock)
    assert allowed.reaches("10.0.0.5") and not any(allowed.reaches(f"192.0.2.{n}") for n in range(50))
    assert sorted(names.asked) == ["db.example", "ollama"]
    names.now += 59
    assert not allowed.reaches("192.0.2.7") and len(names.asked) == 2
    names.now += 2
    assert not allowed.reaches("192.0.2.7") and len(names.asked) == 4


def test_without_configured_names_the_name_service_is_never_asked(names: Names) -> None:
    allowed = AllowedHosts(["10.0.0.9", "2001:DB8:0::1", "localhost", "[::1]"], names.clock)
    assert allowed.reaches("2001:db8::1") and allowed.reaches("10.0.0.9")
    assert not allowed.reaches("192.0.2.7") and not allowed.looks_up("example.org") and names.asked == []


def test_unknown_names_never_cause_a_look_up(names: Names) -> None:
    allowed = AllowedHosts(["ollama"], names.clock)
    assert not allowed.reaches("geheim.example.org") and not allowed.looks_up("geheim.example.org")
    assert names.asked == []


def test_a_host_that_has_moved_is_reached_as_soon_as_somebody_has_asked_for_it(names: Names) -> None:
    allowed = AllowedHosts(["ollama"], names.clock)
    assert allowed.reaches("10.0.0.5")
    names.address = "10.0.0.6"
    assert not allowed.reaches("10.0.0.6"), "nobody has asked for the name"
    assert allowed.looks_up("ollama") and allowed.reaches("10.0.0.6") and len(names.asked) == 2


def test_threads_that_come_at_once_share_one_look_up(names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    held = threading.Event()

    def slowly(name: str, port: object) -> list[tuple[object, ...]]:
        held.wait(5)
        return names._answer(name, port)

    monkeypatch.setattr(socket, "getaddrinfo", slowly)
    allowed = AllowedHosts(["ollama"], names.clock)
    found: list[bool] = []
    threads = [threading.Thread(target=lambda: found.append(allowed.reaches("10.0.0.5"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    held.set()
    for thread in threads:
        thread.join(5)
    assert found == [True] * 8 and names.asked == ["ollama"]


@pytest.mark.integration
def test_a_name_that_is_a_number_is_still_the_operators_choice() -> None:
    code = (
        "import socket; from config.guard import install_guard; install_guard(['0xc0000207']);"
        "s = socket.socket(); s.settimeout(0.01)\n"
        "try: s.connect(('192.0.2.7', 9))\n"
        "except OSError: print('allowed')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "allowed", done.stderr
