"""What is removed again, by rule or on request; the chain stays whole and notes what went."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Engine, delete, select, update

from chatbot.records.chain import End, append, hold
from chatbot.records.erasure import WITH_WORDS
from chatbot.records.removals import batches, ranges
from chatbot.records.retention_rule import note_rule
from chatbot.records.schema import Removed
from chatbot.records.tables import (
    conversations,
    early_records,
    entries,
    inspections,
    personal,
    record_documents,
    records,
)
from chatbot.rendering.drawing_cache import DrawingCache
from ingest.db.database import overwrite_removed
from ingest.db.tables import documents
from ingest.vault import Vault

_GRACE_S = 24 * 3600.0  # between nothing needing a version and its removal: an answer may be under way


class Due(NamedTuple):
    """What the rules would remove now.

    Attributes:
        records: ids of records whose retention has passed.
        before: they were opened before this time.
        versions: that nothing needs any more, and that can go now.
        waiting: versions that nothing needs since less than a day.
        freed: bytes of `versions`.
        kept: versions that stay.
        kept_bytes: of these.
    """

    records: tuple[str, ...]
    before: datetime | None
    versions: tuple[str, ...]
    waiting: tuple[str, ...]
    freed: int
    kept: int
    kept_bytes: int


def due(engine: Engine, vault: Vault, days: int, now: datetime) -> Due:
    """Find what the rules would remove now; changes nothing.

    Args:
        engine: of the database.
        vault: where versions are kept.
        days: that records are kept; 0 for good.
        now: by which their age is reckoned.
    """
    before = (now - timedelta(days=days)).replace(microsecond=0) if days else None  # as it is noted
    with engine.connect() as connection:
        past = _past(connection, before)
        needed = needed_versions(connection, before)
    late = time.time() - _GRACE_S
    gone, waiting, freed, kept, kept_bytes = [], [], 0, 0, 0
    for version in vault.versions():
        unused = version not in needed
        if unused and (since := vault.unused_since(version)) and since <= late:
            gone.append(version)
            freed += vault.size(version)
            continue
        if unused:
            waiting.append(version)
        kept, kept_bytes = kept + 1, kept_bytes + vault.size(version)
    return Due(tuple(past), before, tuple(gone), tuple(waiting), freed, kept, kept_bytes)


def apply(engine: Engine, vault: Vault, drawn: DrawingCache, days: int, now: datetime) -> Due:
    """Remove what the rules say, and note in the chain what went.

    A version is removed a day after the first run that found it needed by nothing.

    Args:
        engine: of the database.
        vault: where versions are kept.
        drawn: pictures of their pages, which go with them.
        days: that records are kept; 0 for good.
        now: by which their age is reckoned.

    Returns:
        What was removed.
    """
    found = due(engine, vault, days, now)
    for part in batches(found.records):
        with engine.begin() as connection:
            _expire(connection, note_rule(connection, hold(connection), days, now), part, found.before, now)
    for version in found.versions:
        if vault.unused_since(version):  # else a run has just taken it up again
            vault.remove(version)
            drawn.forget(version)
    waiting = set(found.waiting)
    for version in vault.versions():
        if version not in waiting:
            vault.needed(version)
        elif vault.unused_since(version) is None:
            vault.not_needed(version)
    drawn.tidy(frozenset(vault.versions()))
    if found.before:
        with engine.begin() as connection:
            connection.execute(delete(early_records).where(early_records.c.opened < found.before))
    overwrite_removed(engine, WITH_WORDS)
    return found


def _past(connection: Connection, before: datetime | None) -> list[str]:
    if before is None:
        return []
    chosen = select(records.c.id).where(records.c.opened < before, records.c.state != "open").order_by(records.c.opened)
    return list(connection.execute(chosen).scalars())


def needed_versions(connection: Connection, before: datetime | None = None) -> set[str]:
    """Versions of the index, and of records that stay.

    Args:
        connection: to the database.
        before: records opened before this time count no more; None where all stay.
    """
    found = connection.execute(select(documents.c.version, documents.c.pending))
    needed = {version for row in found for version in row if version}
    kept = select(record_documents.c.version).distinct()
    early = select(early_records.c.body)
    if before:
        kept = kept.join(records, records.c.id == record_documents.c.record).where(records.c.opened >= before)
        early = early.where(early_records.c.opened >= before)
    needed |= set(connection.execute(kept).scalars())
    for body in connection.execute(early).scalars():
        needed |= {source["passage"]["version"] for source in (body or {}).get("sources", ())}
    return needed


def _expire(connection: Connection, end: End, past: Sequence[str], before: datetime | None, now: datetime) -> None:
    of_these = entries.c.record.in_(past)
    numbers = connection.execute(select(entries.c.number).where(of_these)).scalars()
    removed = Removed(
        entries=ranges(numbers), records=len(past), before=before.isoformat(timespec="seconds") if before else ""
    )
    connection.execute(update(entries).where(of_these).values(body=None))
    for table in (personal, record_documents, inspections):
        connection.execute(delete(table).where(table.c.record.in_(past)))
    connection.execute(delete(records).where(records.c.id.in_(past)))
    # A conversation from before they had names of their own is called by its first record.
    kept = select(records.c.conversation).union(select(records.c.id))
    connection.execute(delete(conversations).where(conversations.c.id.not_in(kept)))
    append(connection, "expired", "", now, removed.model_dump(mode="json"), end=end)
