"""Walks the chain and says what does not fit: edited, removed, put in, put elsewhere, cut off.

Whoever can write to the database could write the whole chain anew; so its heads are kept elsewhere, too, and the walk
compares them.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple, get_args

from sqlalchemy import Connection, Engine, Row, select

from chatbot.audit.verify_search_rows import verify_search_rows
from chatbot.records.chain import START, Entry, Kind, digest, seal, timestamp
from chatbot.records.integrity import IntegrityError
from chatbot.records.removals import Left, Removals, left_of
from chatbot.records.tables import chain_head, entries, personal
from ingest.db.database import snapshot

_BATCH = 1000
_KINDS = get_args(Kind)


class ChainProgress(NamedTuple):
    """How far a walk has come."""

    number: int
    hash: str


def verify_chain(
    engine: Engine,
    heads: Mapping[int, str],
    passed: Callable[[ChainProgress], None] = lambda _: None,
    times: Mapping[int, str] | None = None,
) -> Iterator[IntegrityError]:
    """Check every entry of the chain, from the first on, and then what auditors search.

    Args:
        engine: of the database.
        heads: hash by number, as they were written out earlier.
        passed: is told now and then how far the walk has come.
        times: when heads were written out, by their number.

    Yields:
        Breaks in the order of the chain; the first one names the oldest change.
    """
    with snapshot(engine) as connection:  # others go on asking meanwhile
        removals = Removals(connection)
        clock = _Times(removals.held_from, times or {})
        number, previous = 0, START
        for batch in _batches(connection):
            left = left_of(connection, [row.record for row in batch if row.body is None])
            for row in batch:
                yield from _check(row, number, previous, removals, left.get(row.record))
                yield from clock.check(row)
                if heads.get(row.number, row.hash) != row.hash:
                    yield IntegrityError(row.number, row.record, "head")
                number, previous = row.number, row.hash
            passed(ChainProgress(number, previous))
        yield from _check_end(connection, number, previous, heads)
        yield from verify_search_rows(connection)


def _batches(connection: Connection) -> Iterator[list[Row[Any]]]:
    columns = [*entries.c, personal.c.key, personal.c.record.label("said_of"), personal.c.body.label("said")]
    joined = entries.outerjoin(personal, personal.c.number == entries.c.number)
    last = -1
    while True:
        chosen = select(*columns).select_from(joined).where(entries.c.number > last).order_by(entries.c.number)
        batch = list(connection.execute(chosen.limit(_BATCH)))
        if not batch:
            return
        yield batch
        last = batch[-1].number


class _Times:
    """Whether times go on: no entry is dated before the one before it, nor before a head that was written out by then.

    Args:
        held_from: number of the first entry that has to fit.
        written: when heads were written out, by their number.
    """

    def __init__(self, held_from: int, written: Mapping[int, str]) -> None:
        self._held_from, self._written, self._latest = held_from, written, ""

    def check(self, row: Row[Any]) -> Iterator[IntegrityError]:
        if row.number < self._held_from:
            return
        if row.at < self._latest or not _is_time(row.at):
            yield IntegrityError(row.number, row.record, "time", {"at": row.at, "before": self._latest})
        else:
            self._latest = row.at
        self._latest = max(self._latest, self._written.get(row.number, ""))


def _is_time(text: str) -> bool:
    """Whether a time is written as this program writes it, so that texts compare as times do."""
    try:
        return timestamp(datetime.fromisoformat(text)) == text
    except (ValueError, TypeError, OverflowError):
        return False


def _check(
    row: Row[Any], before: int, previous: str, removals: Removals, left: Left | None
) -> Iterator[IntegrityError]:
    if row.number != before + 1:
        yield IntegrityError(row.number, row.record, "missing", {"first": before + 1, "last": row.number - 1})
    if _hash(row) != row.hash or row.kind not in _KINDS:
        yield IntegrityError(row.number, row.record, "edited")
    elif row.previous != previous and row.number == before + 1:
        yield IntegrityError(row.number, row.record, "link")
    if row.body is None:
        if not removals.explain_body(row, left):
            yield IntegrityError(row.number, row.record, "body")
    elif digest(row.body) != row.content:
        yield IntegrityError(row.number, row.record, "body")
    if row.said is None:
        if row.personal and not removals.explain_words(row.number):
            yield IntegrityError(row.number, row.record, "personal")
    elif _sealed(row) != row.personal or row.said_of != row.record:
        yield IntegrityError(row.number, row.record, "personal")


def _hash(row: Row[Any]) -> str:
    try:
        return Entry(*(getattr(row, name) for name in Entry._fields)).hash()
    except ValueError:  # what has no canonical form was not written here
        return ""


def _sealed(row: Row[Any]) -> str:
    try:
        return seal(row.key, row.said)
    except ValueError:
        return "?"


def _check_end(connection: Connection, number: int, last: str, heads: Mapping[int, str]) -> Iterator[IntegrityError]:
    head = connection.execute(select(chain_head)).one_or_none()
    known = max([head.number if head else 0, *heads])
    if known > number:
        yield IntegrityError(number, "", "cut", {"first": number + 1, "last": known})
    elif head is None or (head.number, head.hash) != (number, last if number else START):
        yield IntegrityError(number, "", "head")
