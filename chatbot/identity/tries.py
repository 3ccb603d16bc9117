"""Wrong passwords slow down who types them, and not the person whose name they are typed for.

A wrong password counts for the address it comes from, and from the fifth on locks the account for that address; only
many of them, from wherever, lock it for all. A device from which the person has signed in before stands apart: nobody
else's wrong passwords lock it out. (OWASP: Slow Down Online Guessing Attacks with Device Cookies.)
"""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select, update

from chatbot.identity.digests import digest
from chatbot.identity.tables import accounts, devices, sign_in_tries
from ingest.db.clock import utc

_OF_ONE_ADDRESS = 5  # wrong passwords before an account is locked for an address, or where none is known
_OF_ALL = 50  # before it is locked for all but known devices: guessing from many addresses
_OF_A_DEVICE = 10  # in a row, and the device is not known any more
_LOCKED = timedelta(minutes=1)  # doubled by each wrong password after that
_LONGEST_LOCK = timedelta(hours=1)
_FORGOTTEN = timedelta(hours=24)  # when an address has not tried for so long
KNOWN_FOR = timedelta(days=180)  # that a device is known without signing in
MOST_DEVICES = 4  # people who share one browser


class Origin(NamedTuple):
    """Where a try to sign in comes from.

    Attributes:
        place: what one client has of addresses; empty where it is not known.
        devices: tokens that the browser has of earlier sign-ins.
    """

    place: str = ""
    devices: Sequence[str] = ()


class Try(NamedTuple):
    """A try that was counted.

    Attributes:
        row: of the account, None where there is none of this name.
        allowed: whether the password may be checked at all.
        device: digest of the known device that it comes from, empty where it is not known.
    """

    row: Any
    allowed: bool
    device: str = ""


def note_try(connection: Connection, name: str, origin: Origin) -> Try:
    """Count a try before it is checked, so that many at once are many; and say whether it may be checked at all.

    Args:
        connection: in a transaction.
        name: of the account, as it is kept.
        origin: of the try.
    """
    now = datetime.now(UTC)
    device = _count_device(connection, name, origin, now)
    if device:
        return Try(_account(connection, name), True, device)
    everywhere = update(accounts).where(accounts.c.name == name)
    connection.execute(everywhere.values(failures=accounts.c.failures + 1))
    row = _account(connection, name)
    if row is None:
        return Try(None, True)
    allowed = _lock(connection, row, everywhere, _OF_ALL if origin.place else _OF_ONE_ADDRESS, now)
    if origin.place:
        allowed = _count_place(connection, name, origin.place, now) and allowed
    return Try(row, allowed)


def was_right(connection: Connection, name: str, origin: Origin, tried: Try) -> None:
    """Forget the wrong passwords that a right one makes good: of its device, or of its address and the account."""
    if tried.device:
        connection.execute(update(devices).where(devices.c.token == tried.device).values(failures=0))
        return
    connection.execute(update(accounts).where(accounts.c.name == name).values(failures=0, locked_until=None))
    of_place = (sign_in_tries.c.account == name) & (sign_in_tries.c.place == origin.place)
    connection.execute(delete(sign_in_tries).where(of_place))


def know_device(connection: Connection, name: str) -> str:
    """Know the device from which somebody has just signed in; returns the token that its browser keeps."""
    token, now = secrets.token_urlsafe(32), datetime.now(UTC)
    connection.execute(delete(devices).where(devices.c.seen < now - KNOWN_FOR))
    connection.execute(devices.insert(), {"token": digest(token), "account": name, "seen": now, "failures": 0})
    return token


def forget(connection: Connection, name: str, with_devices: bool) -> None:
    """Forget wrong passwords of an account, and if wanted the devices from which its person has signed in."""
    for table in (sign_in_tries, devices) if with_devices else (sign_in_tries,):
        connection.execute(delete(table).where(table.c.account == name))


def _count_device(connection: Connection, name: str, origin: Origin, now: datetime) -> str:
    """Count a try for a known device; a device with too many wrong passwords in a row is not known any more."""
    digests = [digest(token) for token in origin.devices[:MOST_DEVICES] if token]
    known = (devices.c.token.in_(digests)) & (devices.c.account == name) & (devices.c.seen >= now - KNOWN_FOR)
    if not digests:
        return ""
    counted = update(devices).where(known).values(failures=devices.c.failures + 1, seen=now)
    row = connection.execute(counted.returning(devices.c.token, devices.c.failures)).first()
    if row is None:
        return ""
    if row.failures > _OF_A_DEVICE:
        connection.execute(delete(devices).where(devices.c.token == row.token))
        return ""
    return str(row.token)


def _count_place(connection: Connection, name: str, place: str, now: datetime) -> bool:
    connection.execute(delete(sign_in_tries).where(sign_in_tries.c.at < now - _FORGOTTEN))
    chosen = (sign_in_tries.c.account == name) & (sign_in_tries.c.place == place)
    counted = update(sign_in_tries).where(chosen)
    if not connection.execute(counted.values(failures=sign_in_tries.c.failures + 1, at=now)).rowcount:
        first = {"account": name, "place": place, "failures": 1, "at": now, "locked_until": None}
        connection.execute(sign_in_tries.insert(), first)
    row = connection.execute(select(sign_in_tries).where(chosen)).one()
    return _lock(connection, row, counted, _OF_ONE_ADDRESS, now)


def _lock(connection: Connection, row: Any, chosen: Any, most: int, now: datetime) -> bool:
    """Whether a try may be checked: from the `most`th on each one locks, twice as long as the one before."""
    if row.failures < most:
        return True
    if row.locked_until is not None and utc(row.locked_until) > now:
        return False
    lasts = min(_LOCKED * 2 ** min(row.failures - most, 10), _LONGEST_LOCK)
    connection.execute(chosen.values(locked_until=now + lasts))
    return True


def _account(connection: Connection, name: str) -> Any:
    return connection.execute(select(accounts).where(accounts.c.name == name)).one_or_none()
