"""The process guard refuses what the operator has not named, and lets the rest through."""

import socket
import subprocess
import sys

import pytest

from config.errors import ConnectionRefusedByGuard


@pytest.mark.parametrize("address", ["192.0.2.7", "2001:db8::1"])
def test_refuses_other_hosts_and_names_the_caller(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as client, pytest.raises(ConnectionRefusedByGuard, match=r"test_guard\.py"):
        client.connect((address, 80))


def test_refuses_name_look_ups() -> None:
    with pytest.raises(ConnectionRefusedByGuard, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)


def test_refuses_datagrams() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client, pytest.raises(ConnectionRefusedByGuard):
        client.sendto(b"x", ("192.0.2.7", 53))


@pytest.mark.integration
def test_lets_loopback_through() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


@pytest.mark.integration
def test_lets_configured_hosts_through() -> None:
    code = (
        "import socket; from config.guard import install_guard; install_guard(['192.0.2.7']);"
        "s = socket.socket(); s.settimeout(0.01)\n"
        "try: s.connect(('192.0.2.7', 9))\n"
        "except OSError: print('allowed')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "allowed", done.stderr
