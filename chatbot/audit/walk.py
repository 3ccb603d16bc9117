"""Walks the chain and says what does not fit: edited, removed, put in, put elsewhere, cut off.

Whoever can write to the database could write the whole chain anew; so its heads are kept elsewhere, too, and the walk
compares them.
"""

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Engine, Row, func, select

from chatbot.audit.chain import START, Entry, digest, seal
from chatbot.audit.contents import OpenedPersonal, Removed, Sealed
from chatbot.audit.projection import document_rows, group_text, sealed_row
from ingest.tables import chain_head, entries, personal, record_documents, records

_BATCH = 1000

Fault = Literal[
    "missing", "edited", "link", "body", "personal", "cut", "head", "search", "version", "lost", "text", "stamp"
]


class Break(NamedTuple):
    """What does not fit.

    Attributes:
        number: of the entry where it shows.
        record: that the entry belongs to, empty where it is about many.
        fault: missing: entries were removed before this one; edited: the entry is not what its hash says; link: it
            does not follow the one before; body: its content was changed or removed without notice; personal: the
            same of its personal part; cut: entries at the end were removed; head: another head was written out at
            this number; search: what auditors search says something else than the entry.
        details: of the message.
    """

    number: int
    record: str
    fault: Fault
    details: Mapping[str, object] = {}


class Walked(NamedTuple):
    """How far a walk has come."""

    number: int
    hash: str


def walk(
    engine: Engine, heads: Mapping[int, str], passed: Callable[[Walked], None] = lambda _: None
) -> Iterator[Break]:
    """Check every entry of the chain, from the first on.

    Args:
        engine: of the database.
        heads: hash by number, as they were written out earlier.
        passed: is told now and then how far the walk has come.

    Yields:
        Breaks in the order of the chain; the first one names the oldest change.
    """
    with engine.connect() as connection:
        removed = _Removed(connection)
        number, previous = 0, START
        for batch in _batches(connection):
            for row in batch:
                yield from _check(row, number, previous, removed)
                if heads.get(row.number, row.hash) != row.hash:
                    yield Break(row.number, row.record, "head")
                number, previous = row.number, row.hash
            yield from _check_search(connection, batch)
            passed(Walked(number, previous))
        yield from _check_end(connection, number, previous, heads)


class _Removed:
    """Numbers of the entries whose content was removed by a rule that the chain itself notes."""

    def __init__(self, connection: Connection) -> None:
        noted = connection.execute(
            select(entries.c.kind, entries.c.body).where(entries.c.kind.in_(["erased", "expired"]))
        )
        by_kind: dict[str, list[tuple[int, int]]] = {"erased": [], "expired": []}
        for row in noted:
            with suppress(ValueError):  # an edited one proves nothing
                by_kind[row.kind] += Removed.model_validate_json(row.body).entries
        self._bodies = _merged(by_kind["expired"])
        self._personal = _merged(by_kind["expired"] + by_kind["erased"])

    def body(self, number: int) -> bool:
        return _within(self._bodies, number)

    def personal(self, number: int) -> bool:
        return _within(self._personal, number)


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _within(ranges: list[tuple[int, int]], number: int) -> bool:
    index = bisect_right(ranges, (number, sys.maxsize)) - 1
    return index >= 0 and number <= ranges[index][1]


def _batches(connection: Connection) -> Iterator[list[Row[Any]]]:
    columns = [*entries.c, personal.c.key, personal.c.body.label("said")]
    joined = entries.outerjoin(personal, personal.c.number == entries.c.number)
    last = -1
    while True:
        chosen = select(*columns).select_from(joined).where(entries.c.number > last).order_by(entries.c.number)
        batch = list(connection.execute(chosen.limit(_BATCH)))
        if not batch:
            return
        yield batch
        last = batch[-1].number


def _check(row: Row[Any], before: int, previous: str, removed: _Removed) -> Iterator[Break]:
    if row.number != before + 1:
        yield Break(row.number, row.record, "missing", {"first": before + 1, "last": row.number - 1})
    entry = Entry(*(getattr(row, name) for name in Entry._fields))
    if entry.hash() != row.hash:
        yield Break(row.number, row.record, "edited")
    elif row.previous != previous and row.number == before + 1:
        yield Break(row.number, row.record, "link")
    if row.body is None:
        if not removed.body(row.number):
            yield Break(row.number, row.record, "body")
    elif digest(row.body) != row.content:
        yield Break(row.number, row.record, "body")
    if row.said is None:
        if row.personal and not removed.personal(row.number):
            yield Break(row.number, row.record, "personal")
    elif seal(row.key, row.said) != row.personal:
        yield Break(row.number, row.record, "personal")


def _check_search(connection: Connection, batch: list[Row[Any]]) -> Iterator[Break]:
    """Whether what auditors search says the same as the entries that open and seal records."""
    wanted = [row for row in batch if row.kind in ("opened", "sealed") and row.body is not None]
    if not wanted:
        return
    named = {row.record for row in wanted}
    found = {row.id: row._mapping for row in connection.execute(select(records).where(records.c.id.in_(named)))}
    used: dict[str, set[tuple[Any, ...]]] = {}
    for row in connection.execute(select(record_documents).where(record_documents.c.record.in_(named))):
        used.setdefault(row.record, set()).add(tuple(row))
    for row in wanted:
        with suppress(ValueError):  # an unreadable entry has been named as edited
            if not _agrees(row, found.get(row.record) or {}, used.get(row.record, set())):
                yield Break(row.number, row.record, "search")


def _agrees(row: Row[Any], shown: Any, documents: set[tuple[Any, ...]]) -> bool:
    expected: dict[str, Any]
    if row.kind == "sealed":
        body = Sealed.model_validate_json(row.body)
        expected = sealed_row(body)
        if documents != {tuple(values.values()) for values in document_rows(row.record, body)}:
            return False
    else:
        said = OpenedPersonal.model_validate_json(row.said) if row.said else None
        expected = {"person": said.person if said else "", "groups": group_text(said.groups) if said else ""}
    return all(shown.get(name) == value for name, value in expected.items())


def _check_end(connection: Connection, number: int, last: str, heads: Mapping[int, str]) -> Iterator[Break]:
    head = connection.execute(select(chain_head)).one()
    known = max([head.number, *heads])
    if known > number:
        yield Break(number, "", "cut", {"first": number + 1, "last": known})
    elif head.hash != last:
        yield Break(number, "", "head")
    yield from _strangers(connection)


def _strangers(connection: Connection) -> Iterator[Break]:
    """Records in the search that no entry has opened."""
    opened = select(entries.c.number).where(entries.c.record == records.c.id, entries.c.kind == "opened")
    for identity in islice(connection.execute(select(records.c.id).where(~opened.exists())).scalars(), 10):
        yield Break(0, identity, "search")


def count_entries(engine: Engine) -> int:
    """How many entries the chain has."""
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(entries)).scalar_one()
