"""Which hosts a database address leads to, wherever libpq takes them from.

Source: PostgreSQL documentation, "Connection Control Functions": a parameter of the address comes before the same one
of the service file, and that before the variable in the environment. `host` and `hostaddr` are looked for apart: with
PGHOSTADDR in the environment, libpq connects there, whatever host the address names.
"""

import configparser
import ipaddress
import os
from pathlib import Path

from config.errors import SettingsError

_VARIABLES = {"host": "PGHOST", "hostaddr": "PGHOSTADDR"}


def database_hosts(address: str) -> tuple[str, ...]:
    """Hosts, addresses and socket folders in their order; empty for SQLite, one empty text for libpq's own socket.

    Args:
        address: SQLAlchemy's URL.

    Raises:
        SettingsError: it is no such URL, or it names a service whose file cannot be read.
    """
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        # What SQLAlchemy says may repeat the address, and so the password.
        reason = "must be a URL such as postgresql://user@host/name"
        raise SettingsError("settings.bad_value", name="database.url", reason=reason) from None
    if url.get_backend_name() == "sqlite":
        return ()
    service = _service(
        _last(url.query.get("service")) or os.environ.get("PGSERVICE", ""),
        _last(url.query.get("servicefile")) or os.environ.get("PGSERVICEFILE", ""),
    )
    found: list[str] = []
    for name, variable in _VARIABLES.items():
        said = _parts(url.query.get(name))
        if name == "host" and url.host:
            said += _parts(url.host)
        said = said or _parts(service.get(name)) or _parts(os.environ.get(variable))
        found += said
    return tuple(dict.fromkeys(map(_without_port, found))) or ("",)


def is_socket(host: str) -> bool:
    """Whether a host is a socket of this machine: its folder, an abstract name, or libpq's default.

    Args:
        host: as `database_hosts` gives it.
    """
    return not host or host.startswith(("/", "@"))


def _last(value: str | tuple[str, ...] | None) -> str:
    return (value if isinstance(value, str) else value[-1]) if value else ""


def _parts(value: str | tuple[str, ...] | None) -> list[str]:
    values = (value,) if isinstance(value, str) else value or ()
    return [part for one in values for part in (piece.strip() for piece in one.split(",")) if part]


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return host if is_socket(host) else host.partition(":")[0]


def _service(name: str, file_named: str) -> dict[str, str]:
    """The section of the service file that libpq would read, or nothing where no service is named."""
    if not name:
        return {}
    files = [Path(file_named) if file_named else Path.home() / ".pg_service.conf"]
    if folder := os.environ.get("PGSYSCONFDIR"):
        files.append(Path(folder) / "pg_service.conf")
    for file in files:
        reader = configparser.ConfigParser(interpolation=None, strict=False, delimiters=("=",))
        try:
            reader.read_string(file.read_text(encoding="utf-8"))
        except (OSError, ValueError, configparser.Error):
            continue
        if reader.has_section(name):
            return dict(reader.items(name))
    raise SettingsError("database.no_service", service=name, files=", ".join(map(str, files)))
