"""What is removed again, by rule or on request; the chain stays whole and notes what went."""

import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Engine, delete, select, update

from chatbot.audit.chain import append, hold
from chatbot.audit.contents import Removed
from ingest.tables import documents, entries, personal, record_documents, records
from ingest.vault import Vault

_AT_ONCE = 500  # rows a statement
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


def due(engine: Engine, vault: Vault, days: int) -> Due:
    """Find what the rules would remove now; changes nothing.

    Args:
        engine: of the database.
        vault: where versions are kept.
        days: that records are kept; 0 for good.
    """
    before = datetime.now(UTC) - timedelta(days=days) if days else None
    with engine.connect() as connection:
        past = _past(connection, before)
        needed = _needed(connection, set(past))
    unused = [version for version in vault.versions() if version not in needed]
    late = time.time() - _GRACE_S
    gone = tuple(version for version in unused if (since := vault.unused_since(version)) and since <= late)
    waiting = tuple(version for version in unused if version not in set(gone))
    kept = [version for version in vault.versions() if version not in set(gone)]
    return Due(tuple(past), before, gone, waiting, sum(map(vault.size, gone)), len(kept), sum(map(vault.size, kept)))


def apply(engine: Engine, vault: Vault, days: int) -> Due:
    """Remove what the rules say, and note in the chain what went.

    A version is removed a day after the first run that found it needed by nothing.

    Args:
        engine: of the database.
        vault: where versions are kept.
        days: that records are kept; 0 for good.

    Returns:
        What was removed.
    """
    found = due(engine, vault, days)
    for start in range(0, len(found.records), _AT_ONCE):
        with engine.begin() as connection:
            hold(connection)
            _expire(connection, found.records[start : start + _AT_ONCE], found.before)
    for version in found.versions:
        vault.remove(version)
    for version in vault.versions():
        if version not in found.waiting:
            vault.needed(version)
        elif vault.unused_since(version) is None:
            vault.not_needed(version)
    return found


def erase(engine: Engine, names: Sequence[str]) -> int:
    """Remove all that records hold about a person; what was answered from which documents stays.

    Args:
        engine: of the database.
        names: what the person is called in records.

    Returns:
        The number of records that held something.
    """
    with engine.begin() as connection:
        hold(connection)
        asked = select(records.c.id).where(records.c.person.in_(names))
        # What an auditor had answered again repeats the question.
        concerned = records.c.person.in_(names) | records.c.replays.in_(asked)
        about = personal.c.person.in_(names) | personal.c.record.in_(select(records.c.id).where(concerned))
        rows = list(connection.execute(select(personal.c.number, personal.c.record).where(about)))
        if not rows:
            return 0
        connection.execute(delete(personal).where(about))
        repeated = list(connection.execute(select(records.c.id).where(concerned)).scalars())
        for start in range(0, len(repeated), _AT_ONCE):
            chosen = records.c.id.in_(repeated[start : start + _AT_ONCE])
            connection.execute(update(records).where(chosen).values(person="", groups="", words=""))
        removed = Removed(entries=_ranges(row.number for row in rows), records=len({row.record for row in rows}))
        append(connection, "erased", "", datetime.now(UTC), removed.model_dump(mode="json"))
        return removed.records


def _past(connection: Connection, before: datetime | None) -> list[str]:
    if before is None:
        return []
    chosen = select(records.c.id).where(records.c.opened < before, records.c.state != "open").order_by(records.c.opened)
    return list(connection.execute(chosen).scalars())


def _needed(connection: Connection, past: set[str]) -> set[str]:
    """Versions of the index, and of records that stay."""
    found = connection.execute(select(documents.c.version, documents.c.pending))
    needed = {version for row in found for version in row if version}
    chosen = select(record_documents.c.record, record_documents.c.version)
    return needed | {row.version for row in connection.execute(chosen) if row.record not in past}


def _expire(connection: Connection, past: Sequence[str], before: datetime | None) -> None:
    of_these = entries.c.record.in_(past)
    numbers = connection.execute(select(entries.c.number).where(of_these)).scalars()
    removed = Removed(
        entries=_ranges(numbers), records=len(past), before=before.isoformat(timespec="seconds") if before else ""
    )
    connection.execute(update(entries).where(of_these).values(body=None))
    for table in (personal, record_documents):
        connection.execute(delete(table).where(table.c.record.in_(past)))
    connection.execute(delete(records).where(records.c.id.in_(past)))
    append(connection, "expired", "", datetime.now(UTC), removed.model_dump(mode="json"))


def _ranges(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Numbers as ranges from first to last."""
    ranges: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return tuple(ranges)
