"""A hash chain of entries in SQL: only ever added to, each entry naming the hash of the one before.

An entry's hash covers its number, kind, record, time, the SHA-256 of its body and the seal of its personal part, as
canonical JSON (RFC 8785). So a body can be removed when its retention has passed, and a personal part on request,
and the chain stays whole: what is left still proves that something was there, and when.
"""

import hashlib
import hmac
import json
import math
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, bindparam, update

from chatbot.records.tables import chain_head, entries, personal

Kind = Literal["opened", "sealed", "feedback", "review", "erased", "expired", "key"]
START = "0" * 64
_LARGEST = 2**53 - 1


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
    """The end of the chain, held by this transaction: the number that comes next, and the last entry's hash."""

    number: int
    hash: str


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
) -> None:
    """Add an entry in the transaction of this connection; nobody else adds one before it ends.

    Args:
        connection: as for `hold`.
        kind: of the entry.
        record: id of the record it belongs to, empty where it is about many.
        at: when.
        body: what the chain covers; anything JSON can hold.
        about: the part that belongs to a person.
        end: of the chain, where the transaction holds it already.
    """
    number, previous = end or hold(connection)
    written = canonical(body).decode()
    key = secrets.token_hex(32)
    sealed = seal(key, about.body) if about else ""
    entry = Entry(number, kind, record, timestamp(at), digest(written), sealed, previous)
    hashed = entry.hash()
    connection.execute(entries.insert(), {**entry._asdict(), "body": written, "hash": hashed})
    if about:
        row = {"number": number, "record": record, "person": about.person, "key": key, "body": about.body}
        connection.execute(personal.insert(), row)
    connection.execute(_put(), {"new_number": number, "new_hash": hashed})


@cache
def _taken() -> Any:
    # The update takes the lock under which the chain has one end; the number itself changes with the entry.
    held = update(chain_head).where(chain_head.c.id == 1).values(number=chain_head.c.number)
    return held.returning(chain_head.c.number + 1, chain_head.c.hash)


@cache
def _put() -> Any:
    new: dict[str, Any] = {"number": bindparam("new_number"), "hash": bindparam("new_hash")}
    return update(chain_head).where(chain_head.c.id == 1).values(new)
