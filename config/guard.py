"""The process guard: an audit hook that refuses connections to hosts the operator has not named."""

import ipaddress
import socket
import sys
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress

from config.environment import bypass_proxy
from config.errors import ConnectionRefusedByGuard

_LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")


def install_guard(hosts: Iterable[str]) -> Callable[[], None]:
    """Refuse every look-up of, and connection to, a host other than loopback and `hosts`.

    An audit hook (PEP 578) cannot be removed, so the returned function only switches it off; the product
    never calls it, tests do. Native code does not pass audit hooks: the strace test covers that.

    Args:
        hosts: names or addresses from the settings.

    Returns:
        A function that switches this guard off.
    """
    allowed = {host.lower() for host in hosts}
    addresses: set[str] = set()
    active, resolving = True, False
    bypass_proxy(allowed)

    def permitted(host: str) -> bool:
        name = host.lower().strip("[]")
        if name in allowed or name in addresses or name == "localhost" or _is_loopback(name):
            return True
        look_up()  # a configured host may have moved to another address
        return name in addresses

    def look_up() -> None:
        nonlocal resolving
        if resolving:
            return
        resolving = True
        for host in allowed:
            # A host that is down is reported by the component that needs it.
            with suppress(OSError):
                addresses.update(str(entry[4][0]).lower() for entry in socket.getaddrinfo(host, None))
        resolving = False

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if not active:
            return
        if event in _LOOKUPS:
            first = arguments[0]
            host = _text(first[0] if isinstance(first, tuple) and first else first)
            if host and not permitted(host):
                _refuse(host)
        elif event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
            address = arguments[1]
            if isinstance(address, tuple) and address and not permitted(_text(address[0])):
                _refuse(_text(address[0]))

    sys.addaudithook(hook)

    def switch_off() -> None:
        nonlocal active
        active = False

    return switch_off


def _text(host: object) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")


def _is_loopback(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse(host: str) -> None:
    caller = next(
        (
            f"{frame.filename}:{frame.lineno}"
            for frame in reversed(traceback.extract_stack()[:-2])
            if "/socket.py" not in frame.filename
        ),
        "?",
    )
    raise ConnectionRefusedByGuard("guard.refused", host=host, caller=caller)
