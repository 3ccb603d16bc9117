"""A hash chain of entries in SQL: only ever added to, each entry naming the hash of the one before.

An entry's hash covers its number, kind, record, time, the SHA-256 of its body and the seal of its personal part, as
canonical JSON (RFC 8785). So a body can be removed when its retention has passed, and a personal part on request,
and the chain stays whole: what is left still proves that something was there, and when.

Times never go back: an entry is dated at the latest time that the chain knows where the clock is behind it. So a clock
that was set back shows as times that stand still, and one that an entry was dated by afterwards does not fit.
"""

import hashlib
import hmac
import json
import logging
import math
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, bindparam, update

from chatbot.records.tables import chain_head, entries, personal

Kind = Literal["opened", "sealed", "feedback", "review", "erased", "expired", "retention", "key", "restored"]
START = "0" * 64
_LARGEST = 2**53 - 1
_BEHIND = timedelta(minutes=1)  # that the clock may be, before it is said


class Entry(NamedTuple):
    """One link of the chain, without its body."""

    number: int
    kind: str
    record: str
    at: str
    content: str
    personal: str
    previous: str

    def hash(self) -> str:
        """SHA-256 of the link as canonical JSON, in hexadecimal."""
        return hashlib.sha256(canonical(self._asdict())).hexdigest()


class Personal(NamedTuple):
    """What an entry holds about a person, apart from the chain.

    Attributes:
        person: whom it is about.
        body: JSON.
    """

    person: str
    body: str


def canonical(value: Any) -> bytes:
    """JSON in the one form that everybody hashes alike (RFC 8785, JSON Canonicalization Scheme).

    The library takes milliseconds for a record, the encoder of Python a tenth of one; their forms are the same but for
    numbers, which are brought into the form first, or left to the library. Names are ASCII, so their order is, too.

    Raises:
        ValueError: it has no such form.
    """
    import rfc8785

    try:
        plain = json.loads(json.dumps(value), parse_float=_number, parse_int=_integer, parse_constant=_number)
    except _Rare:
        return rfc8785.dumps(value)
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


class _Rare(Exception):
    """A number that Python and JavaScript write differently."""


def _number(text: str) -> float | int:
    value = float(text)
    if value.is_integer() and abs(value) <= _LARGEST:
        return int(value)
    if "e" in repr(value) or not math.isfinite(value):
        raise _Rare
    return value


def _integer(text: str) -> int:
    value = int(text)
    if abs(value) > _LARGEST:
        raise _Rare
    return value


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def seal(key: str, body: str) -> str:
    """HMAC-SHA256 of a personal part; without its key nobody can try out what it said.

    Args:
        key: 64 hexadecimal digits.
        body: as stored.
    """
    return hmac.new(bytes.fromhex(key), body.encode(), hashlib.sha256).hexdigest()


def timestamp(moment: datetime) -> str:
    """A time as it is written into entries."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


class End(NamedTuple):
    """The end of the chain, held by this transaction.

    Attributes:
        number: that comes next.
        hash: of the last entry.
        at: latest time that the chain knows, of an entry or of a head that was written out.
    """

    number: int
    hash: str
    at: str

    def stamp(self, now: datetime) -> str:
        """The time that the next entry has: now, or the latest one known where the clock is behind that."""
        by_clock = timestamp(now)
        if by_clock < self.at and datetime.fromisoformat(self.at) - now > _BEHIND:
            log = logging.getLogger(__name__)
            log.warning("The clock is behind the chain of records: it says %s, the chain knows %s.", by_clock, self.at)
        return max(by_clock, self.at)


def hold(connection: Connection) -> End:
    """Take the chain's lock for the transaction, as its first step.

    Args:
        connection: in a transaction that has not read anything yet, so that on SQLite it can wait for its turn.
    """
    return End(*connection.execute(_taken()).one())


def append(
    connection: Connection,
    kind: Kind,
    record: str,
    at: datetime,
    body: Mapping[str, Any],
    about: Personal | None = None,
    end: End | None = None,
) -> End:
    """Add an entry in the transaction of this connection; nobody else adds one before it ends.

    Args:
        connection: as for `hold`.
        kind: of the entry.
        record: id of the record it belongs to, empty where it is about many.
        at: when.
        body: what the chain covers; anything JSON can hold.
        about: the part that belongs to a person.
        end: of the chain, where the transaction holds it already.

    Returns:
        The end of the chain after that; its time is the entry's.
    """
    end = end or hold(connection)
    number, previous, stamped = end.number, end.hash, end.stamp(at)
    written = canonical(body).decode()
    key = secrets.token_hex(32)
    sealed = seal(key, about.body) if about else ""
    entry = Entry(number, kind, record, stamped, digest(written), sealed, previous)
    hashed = entry.hash()
    connection.execute(entries.insert(), {**entry._asdict(), "body": written, "hash": hashed})
    if about:
        row = {"number": number, "record": record, "person": about.person, "key": key, "body": about.body}
        connection.execute(personal.insert(), row)
    connection.execute(_put(), {"new_number": number, "new_hash": hashed, "new_at": stamped})
    return End(number + 1, hashed, stamped)


def know_time(connection: Connection, now: datetime) -> str:
    """Hold the chain to a time that is written out beside it; returns that time, never one before the last entry's."""
    at = hold(connection).stamp(now)
    connection.execute(update(chain_head).where(chain_head.c.id == 1).values(at=at))
    return at


@cache
def _taken() -> Any:
    # The update takes the lock under which the chain has one end; the number itself changes with the entry.
    held = update(chain_head).where(chain_head.c.id == 1).values(number=chain_head.c.number)
    return held.returning(chain_head.c.number + 1, chain_head.c.hash, chain_head.c.at)


@cache
def _put() -> Any:
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("number", "hash", "at")}
    return update(chain_head).where(chain_head.c.id == 1).values(new)
