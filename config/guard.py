"""The process guard: an audit hook that refuses connections to hosts the operator has not named.

It holds Python code that wants to phone home, in every thread and through every layer of Python. It is no prison
for code that wants to break out. These it cannot see; the network holds them, or nobody:

* native code: ctypes, extension modules such as psycopg and llama.cpp, and what a C library asks of the system's
  name service, such as the home of a user;
* programs that this process starts: they get its environment but not its hook;
* other services of this machine, by loopback or a Unix socket: what they pass on is theirs (a proxy named by the
  environment is therefore forgotten, see `config.environment`);
* options of sockets, which have no audit event: joining a multicast group tells the routers nearby;
* names that a socket of the C module `_socket` is told to connect to: they are looked up before any event is raised.
  `socket.socket`, which everybody uses, announces them (see `_announce_names`);
* code that looks for this hook among the objects of the interpreter and changes it.

Listening is not refused: what is listened on stands in the settings.
"""

import functools
import ipaddress
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress

from config.environment import bypass_proxy
from config.errors import ConnectionRefusedByGuard

_LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")
_CONNECTS = ("socket.connect", "socket.sendto", "socket.sendmsg")
_SECONDS = 60.0  # between two look-ups of a configured name that nobody has asked for
# Frames of the link layer, packets written by hand and protocols that connect by an option go past the events above.
_FAMILIES = frozenset({-1, socket.AF_INET, socket.AF_INET6, getattr(socket, "AF_UNIX", -1)})
_KINDS = frozenset({-1, socket.SOCK_STREAM, socket.SOCK_DGRAM})
_PROTOCOLS = frozenset({-1, 0, socket.IPPROTO_TCP, socket.IPPROTO_UDP})
_BY_NAME = (socket.AF_INET, socket.AF_INET6)
_KIND = 0xF  # the bits of a socket's type that are its kind; the others are flags
_SOCKET = "socket.__new__"
_INTERPRETER = "cpython.PyInterpreterState_New"  # another interpreter would have no hook
_WATCHED = frozenset({*_LOOKUPS, *_CONNECTS, _SOCKET, _INTERPRETER})


def install_guard(hosts: Iterable[str], clock: Callable[[], float] = time.monotonic) -> Callable[[], None]:
    """Refuse every look-up of, and connection to, a host other than loopback and `hosts`.

    An audit hook (PEP 578) cannot be removed, so the returned function only switches it off; the product
    never calls it, tests do. The module's text says what no audit hook sees.

    Args:
        hosts: names or addresses from the settings.
        clock: seconds that never run backwards.

    Returns:
        A function that switches this guard off.
    """
    allowed = AllowedHosts(hosts, clock)
    active = True
    bypass_proxy(allowed.hosts)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event not in _WATCHED or not active:
            return
        if event in _LOOKUPS:
            host = _text(_first(arguments[0]))
            if host and not allowed.looks_up(host):
                _refuse(host)
        elif event in _CONNECTS:
            if isinstance(arguments[1], tuple) and not allowed.reaches(host := _text(_first(arguments[1]))):
                _refuse(host)
        elif event == _SOCKET:
            if not _ordinary(*arguments[1:4]):
                _refuse("socket({}, {}, {})".format(*arguments[1:4]))
        else:
            _refuse(event)

    sys.addaudithook(hook)
    _announce_names()

    def switch_off() -> None:
        nonlocal active
        active = False

    return switch_off


def _announce_names() -> None:
    """Have `socket.socket` raise an event for a name before it is looked up; C code does so only afterwards."""
    for call in ("bind", "connect", "connect_ex", "sendto", "sendmsg"):
        if call not in vars(socket.socket):  # else it was put there before
            setattr(socket.socket, call, _announcing(getattr(socket.socket, call)))


def _announcing(method: Callable[..., object]) -> Callable[..., object]:
    @functools.wraps(method)
    def call(self: socket.socket, *arguments: object) -> object:
        address = arguments[-1] if arguments else None
        if isinstance(address, tuple) and self.family in _BY_NAME:
            host = _text(_first(address))
            if host and _address(host) is None:
                sys.audit("socket.gethostbyname", host)
        return method(self, *arguments)

    return call


class AllowedHosts:
    """What may be reached: loopback, the configured hosts, and the addresses that their names stand for.

    Names are looked up when an address comes that is not known, at most once a minute. Whoever has asked for a name
    may get its new address at once, since asking has told the name service already.
    """

    def __init__(self, hosts: Iterable[str], clock: Callable[[], float]) -> None:
        self.hosts = frozenset(host.lower() for host in hosts)
        self._clock = clock
        # Another thread that comes while names are looked up waits for the result. One lock a thread may take twice:
        # a signal handler or a finaliser may connect in the middle of a look-up.
        self._lock = threading.RLock()
        literal = {host: address for host in self.hosts if (address := _address(host.strip("[]").split("%")[0]))}
        self._addresses = set(literal.values())
        self._names = sorted(host for host in self.hosts if host not in literal and host != "localhost")
        self._due = dict.fromkeys(self._names, float("-inf"))

    def looks_up(self, host: str) -> bool:
        """Whether a name or an address may be looked up."""
        name = host.lower()
        if name in self._due:
            self._due[name] = float("-inf")
        return name in self.hosts or self.reaches(host)

    def reaches(self, host: str) -> bool:
        """Whether a connection to a name or an address may be made."""
        name = host.lower().removeprefix("[").removesuffix("]")
        address = _address(name)
        if name in self.hosts or name == "localhost" or address in self._addresses or _is_loopback(address):
            return True
        if address is None:
            return False  # no configured host's address is spelled like this
        self._look_up()
        return address in self._addresses

    def _look_up(self) -> None:
        with self._lock:
            now = self._clock()
            for name in self._names:
                if now < self._due[name]:
                    continue
                # A host that is down is reported by the component that needs it.
                with suppress(OSError):
                    found = (_address(str(entry[4][0])) for entry in socket.getaddrinfo(name, None))
                    self._addresses.update(address for address in found if address)
                self._due[name] = now + _SECONDS  # after asking, which has made it due


_IP = ipaddress.IPv4Address | ipaddress.IPv6Address


def _address(text: str) -> _IP | None:
    """An address in its usual spelling. A zone is none of it: the system would look up 127.0.0.1%name as a name."""
    if "%" in text:
        return None
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_loopback(address: _IP | None) -> bool:
    # The address 0.0.0.0 stands for this machine where it is connected to.
    return address is not None and (address.is_loopback or address.is_unspecified)


def _ordinary(family: object, kind: object, protocol: object) -> bool:
    if not (isinstance(family, int) and isinstance(kind, int) and isinstance(protocol, int)):
        return False
    plain = kind if kind < 0 else kind & _KIND
    return family in _FAMILIES and plain in _KINDS and protocol in _PROTOCOLS


def _first(value: object) -> object:
    # Not by the methods of the value's own class, which C code passes over.
    return (tuple.__getitem__(value, 0) if tuple.__len__(value) else "") if isinstance(value, tuple) else value


def _text(host: object) -> str:
    if isinstance(host, bytes | bytearray):
        return bytes(memoryview(host)).decode("ascii", "replace")
    if isinstance(host, str):
        return str.__str__(host)
    return "" if host is None else object.__repr__(host)


def _refuse(host: str) -> None:
    caller = next(
        (
            f"{frame.filename}:{frame.lineno}"
            for frame in reversed(traceback.extract_stack())
            if "/socket.py" not in frame.filename and frame.filename != __file__
        ),
        "?",
    )
    raise ConnectionRefusedByGuard("guard.refused", host=host, caller=caller)
