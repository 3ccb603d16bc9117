"""Attempts to get out of this process, all of which the guard must refuse.

Each attempt is first announced to the guard as an audit event, which makes no system call. Only when the guard
refuses that is the call itself made, and must end in the guard's error. So no attempt reaches the network, guard or no
guard. The guard itself looks up the names in the settings before it refuses; names of others it never looks up.
"""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple

from config.errors import ConnectionRefusedByGuard
from config.sections import AnswerSettings, EmbeddingSettings, OllamaSettings
from ingest.documents import Frozen

Kind = Literal["tcp", "udp", "lookup"]
Outcome = Literal["refused", "impossible", "open"]
Route = Literal["none", "there", "unknown"]

_SECONDS = 0.2
_CHILD_SECONDS = 20
_NAME = "self-test.fundstelle.invalid"  # RFC 6761: nobody can ever own it
_TCP: tuple[tuple[str, int], ...] = (("192.0.2.1", 443), ("8.8.8.8", 53), ("2001:db8::1", 443))
_UDP: tuple[tuple[str, int], ...] = (("192.0.2.1", 53), ("8.8.8.8", 53), ("2001:db8::1", 53))
_CLOUD = ("gpt-oss:120b-cloud", "glm-4.6:cloud")
# A UDP socket that is connected looks for a route and sends nothing.
_CHILD = """
import socket
found = False
for family, host in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as one:
            one.connect((host, 53))
        found = True
    except OSError:
        pass
print("there" if found else "none")
"""


class Attempt(Frozen):
    """One way out that was tried.

    Attributes:
        call: the function of the standard library.
        target: address or name.
        outcome: `refused` by the guard, `impossible` because this machine has no such network, `open` when the
            guard let it pass.
        error: what stopped the call, with what it says; the proof that it was the guard.
    """

    kind: Kind
    call: str
    target: str
    outcome: Outcome
    error: str


class CloudName(Frozen):
    """A model of Ollama's cloud that was put into a setting, and whether the setting refused it."""

    setting: str
    model: str
    refused: bool


class _Way(NamedTuple):
    kind: Kind
    call: str
    target: str
    event: str
    arguments: tuple[object, ...]
    go: Callable[[], object]


def attempts() -> tuple[Attempt, ...]:
    """Try every way out of this process; see the module's text for why nothing leaves."""
    return tuple(map(_tried, _ways()))


def cloud_names() -> tuple[CloudName, ...]:
    """Put models of Ollama's cloud into each setting that names a model."""
    settings: tuple[tuple[str, Callable[..., object], str], ...] = (
        ("ollama.model", OllamaSettings, "model"),
        ("embedding.model", EmbeddingSettings, "model"),
        ("answer.verifier_model", AnswerSettings, "verifier_model"),
    )
    return tuple(
        CloudName(setting=setting, model=name, refused=_refuses(section, field, name))
        for setting, section, field in settings
        for name in _CLOUD
    )


def route_of_child() -> Route:
    """Whether a process that the guard does not watch would find a route out of this machine; sends nothing.

    The guard holds the Python code of this process. Native code and programs that it starts are held by the
    network alone: a route that is missing, or a firewall, which this look cannot see.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _CHILD],
            capture_output=True,
            text=True,
            timeout=_CHILD_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return "there" if done.stdout.strip() == "there" else "none"


def _tried(way: _Way) -> Attempt:
    outcome, error = _outcome(way)
    return Attempt(kind=way.kind, call=way.call, target=way.target, outcome=outcome, error=error)


def _outcome(way: _Way) -> tuple[Outcome, str]:
    try:
        sys.audit(way.event, *way.arguments)
    except ConnectionRefusedByGuard:
        pass
    else:
        return "open", ""
    try:
        way.go()
    except ConnectionRefusedByGuard as error:
        return "refused", f"{type(error).__name__}: {error.details.get('host', '')}"
    except _NoSuchNetwork as error:
        return "impossible", str(error)
    except OSError as error:
        return "open", f"{type(error).__name__}: {error}"
    return "open", ""


class _NoSuchNetwork(Exception):
    """This machine cannot even make such a socket."""


def _ways() -> Iterator[_Way]:
    for address in _TCP:
        yield _Way("tcp", "socket.connect", _shown(address), "socket.connect", (None, address), _connect(address))
    for address in _UDP:
        yield _Way("udp", "socket.sendto", _shown(address), "socket.sendto", (None, address), _send(address))
    first = _UDP[0]
    yield _Way("udp", "socket.sendmsg", _shown(first), "socket.sendmsg", (None, first), _send_message(first))
    name, address = _NAME, _TCP[0]
    lookups: tuple[tuple[str, tuple[object, ...], Callable[[], object]], ...] = (
        ("getaddrinfo", (name, 443, 0, 0, 0), lambda: socket.getaddrinfo(name, 443)),
        ("gethostbyname", (name,), lambda: socket.gethostbyname(name)),
        ("gethostbyaddr", (address[0],), lambda: socket.gethostbyaddr(address[0])),
        ("getnameinfo", (address,), lambda: socket.getnameinfo(address, 0)),
    )
    for call, arguments, go in lookups:
        target = name if arguments[0] == name else address[0]
        yield _Way("lookup", f"socket.{call}", target, f"socket.{call}", arguments, go)


def _connect(address: tuple[str, int]) -> Callable[[], None]:
    def go() -> None:
        with _socket(address, socket.SOCK_STREAM) as one:
            one.connect(address)

    return go


def _send(address: tuple[str, int]) -> Callable[[], None]:
    def go() -> None:
        with _socket(address, socket.SOCK_DGRAM) as one:
            one.sendto(b"", address)

    return go


def _send_message(address: tuple[str, int]) -> Callable[[], None]:
    def go() -> None:
        with _socket(address, socket.SOCK_DGRAM) as one:
            one.sendmsg([b""], [], 0, address)

    return go


def _socket(address: tuple[str, int], kind: socket.SocketKind) -> socket.socket:
    try:
        made = socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET, kind)
    except OSError as error:
        raise _NoSuchNetwork(str(error)) from error
    made.settimeout(_SECONDS)
    return made


def _shown(address: tuple[str, int]) -> str:
    host, port = address
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _refuses(section: Callable[..., Any], field: str, name: str) -> bool:
    from pydantic import ValidationError

    try:
        section(**{field: name})
    except ValidationError:
        return True
    return False
