"""Every address in the settings: what it is for, and whether it is inside the house."""

import ipaddress
import re
import socket
from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

from chatbot.compliance.settings_shown import without_password
from config.database_hosts import database_hosts, is_socket
from config.settings import Settings
from ingest.documents import Frozen

Purpose = Literal["ollama", "qdrant", "database", "timestamp", "sign_in", "page"]
Place = Literal["process", "loopback", "private", "named", "everywhere", "published", "outside"]

_PRIVATE = tuple(
    ipaddress.ip_network(network)
    for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10")
)
# inet_aton reads these as addresses without asking anybody; so does every connect: 134744072 is 8.8.8.8.
_ODD_ADDRESS = re.compile(r"(0x[0-9a-f]+|\d+)(\.(0x[0-9a-f]+|\d+)){0,3}", re.IGNORECASE)


class Endpoint(Frozen):
    """An address that the operator has named, or that holds by default.

    Attributes:
        purpose: what it is for.
        setting: where it stands in the settings.
        address: as configured, without user, password and query; empty where nothing is connected to.
        host: what is connected to, or listened on.
        place: `process` needs no connection, `named` is a name that was not looked up, `everywhere` listens on all
            networks of this machine, `published` does so in a container whose port the operator keeps on loopback.
        used: whether the present settings make use of it.
    """

    purpose: Purpose
    setting: str
    address: str
    host: str
    place: Place
    used: bool

    @property
    def warns(self) -> bool:
        return self.place in ("outside", "everywhere")


def endpoints(settings: Settings) -> tuple[Endpoint, ...]:
    """Every endpoint, those of embedded parts included; nothing is connected to or looked up.

    Args:
        settings: of this installation.

    Raises:
        SettingsError: `database.url` is no SQLAlchemy URL, or its service cannot be found.
    """
    return (*_servers(settings), *_database(settings), _page(settings))


def place_of(host: str) -> Place:
    """Where a host is, as far as its spelling tells; no name is ever looked up.

    Args:
        host: a name or an address, with or without brackets and zone.
    """
    name = host.strip("[]").lower()
    if name == "localhost":
        return "loopback"
    address = _address(name.split("%")[0])
    if address is None:
        return "named"
    if address.is_unspecified:
        return "everywhere"
    if address.is_loopback:
        return "loopback"
    return "private" if any(address in network for network in _PRIVATE) else "outside"


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return _odd_address(name)
    return getattr(address, "ipv4_mapped", None) or address


def _odd_address(name: str) -> ipaddress.IPv4Address | None:
    if not _ODD_ADDRESS.fullmatch(name):
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(name))
    except OSError:
        return None


def _servers(settings: Settings) -> Iterator[Endpoint]:
    answer = settings.answer
    asks = answer.engine in ("auto", "ollama") or answer.verifier == "ollama" or settings.embedding.engine == "ollama"
    yield _by_url("ollama", "ollama.url", settings.ollama.url, asks)
    yield _by_url("qdrant", "qdrant.url", settings.qdrant.url, True)
    yield _by_url("timestamp", "audit.timestamp_url", settings.audit.timestamp_url, True)
    if settings.oidc.issuer:
        yield _by_url("sign_in", "oidc.issuer", settings.oidc.issuer, settings.server.sign_in == "oidc")


def _by_url(purpose: Purpose, setting: str, url: str | None, used: bool) -> Endpoint:
    if url is None:
        # Qdrant then runs embedded; time-stamps are then not used at all.
        return Endpoint(
            purpose=purpose, setting=setting, address="", host="", place="process", used=purpose == "qdrant"
        )
    host = urlsplit(url).hostname or ""
    return Endpoint(
        purpose=purpose, setting=setting, address=without_password(url), host=host, place=_reached(host), used=used
    )


def _reached(host: str) -> Place:
    place = place_of(host)
    return "loopback" if place == "everywhere" else place  # connecting to 0.0.0.0 reaches this machine


def _database(settings: Settings) -> Iterator[Endpoint]:
    shown = without_password(settings.database_url)
    for host in database_hosts(settings.database_url) or (None,):
        inside: Place = "process" if host is None else "loopback"
        yield Endpoint(
            purpose="database", setting="database.url", address=shown, host=host or "",
            place=_reached(host) if host and not is_socket(host) else inside, used=True,
        )  # fmt: skip


def _page(settings: Settings) -> Endpoint:
    host, port = settings.server.host, settings.server.port
    place = place_of(host)
    if settings.server.loopback_published and place in ("everywhere", "private"):
        place = "published"
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    return Endpoint(purpose="page", setting="server.host", address=address, host=host, place=place, used=True)
