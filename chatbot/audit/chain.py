"""A hash chain of entries in SQL: only ever added to, each entry naming the hash of the one before.

An entry's hash covers its number, kind, record, time, the SHA-256 of its body and the seal of its personal part, as
canonical JSON (RFC 8785). So a body can be removed when its retention has passed, and a personal part on request,
and the chain stays whole: what is left still proves that something was there, and when.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, update

from ingest.tables import chain_head, entries, personal

Kind = Literal["opened", "sealed", "feedback", "review", "erased", "expired"]
START = "0" * 64


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
    """JSON in the one form that everybody hashes alike (RFC 8785, JSON Canonicalization Scheme)."""
    import rfc8785

    return rfc8785.dumps(value)


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


def hold(connection: Connection) -> None:
    """Take the chain's lock for the transaction, as its first step."""
    connection.execute(update(chain_head).where(chain_head.c.id == 1).values(number=chain_head.c.number))


def append(
    connection: Connection,
    kind: Kind,
    record: str,
    at: datetime,
    body: Mapping[str, Any],
    about: Personal | None = None,
) -> int:
    """Add an entry in the transaction of this connection; nobody else adds one before it ends.

    Args:
        connection: in a transaction that has not read anything yet, so that on SQLite it can wait for its turn.
        kind: of the entry.
        record: id of the record it belongs to, empty where it is about many.
        at: when.
        body: what the chain covers; anything JSON can hold.
        about: the part that belongs to a person.

    Returns:
        The entry's number, from 1 on.
    """
    written = canonical(body).decode()
    # The update comes first: it takes the lock under which the chain has one end.
    taken = update(chain_head).where(chain_head.c.id == 1).values(number=chain_head.c.number + 1)
    number, previous = connection.execute(taken.returning(chain_head.c.number, chain_head.c.hash)).one()
    key = secrets.token_hex(32)
    entry = Entry(
        number, kind, record, timestamp(at), digest(written), seal(key, about.body) if about else "", previous
    )
    hashed = entry.hash()
    connection.execute(entries.insert(), {**entry._asdict(), "body": written, "hash": hashed})
    if about:
        row = {"number": number, "record": record, "person": about.person, "key": key, "body": about.body}
        connection.execute(personal.insert(), row)
    connection.execute(update(chain_head).where(chain_head.c.id == 1).values(hash=hashed))
    return int(number)
