"""What the entries of records hold, read for many records at once."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from uuid import UUID

from sqlalchemy import Connection, select

from chatbot.records.removals import batches
from chatbot.records.schema import Opened, OpenedPersonal, SealedPersonal
from chatbot.records.tables import entries, personal


def questions_of(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The question of each record, as typed; none where it was erased."""
    found: dict[str, str] = {}
    for record, body in _bodies(connection, ids, "opened"):
        with suppress(ValueError):  # changed behind the program's back; the check of the chain names it
            found[record] = OpenedPersonal.model_validate_json(body).question
    return found


def words_of(connection: Connection, ids: Sequence[str]) -> dict[str, SealedPersonal]:
    """What was said in each record that has come to its end."""
    found: dict[str, SealedPersonal] = {}
    for record, body in _bodies(connection, ids, "sealed"):
        with suppress(ValueError):
            found[record] = SealedPersonal.model_validate_json(body)
    return found


def documents_of(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[UUID, ...]]:
    """The documents that questions were limited to; those of all others are left out."""
    found: dict[str, tuple[UUID, ...]] = {}
    for part in batches(ids):
        chosen = select(entries.c.record, entries.c.body).where(entries.c.kind == "opened", entries.c.record.in_(part))
        for record, body in connection.execute(chosen.where(entries.c.body.is_not(None))):
            with suppress(ValueError):
                if documents := Opened.model_validate_json(body).filters.documents:
                    found[record] = documents
    return found


def _bodies(connection: Connection, ids: Sequence[str], kind: str) -> Iterator[tuple[str, str]]:
    for part in batches(ids):
        chosen = (
            select(personal.c.record, personal.c.body)
            .join(entries, entries.c.number == personal.c.number)
            .where(entries.c.kind == kind, personal.c.record.in_(part))
        )
        yield from ((row.record, row.body) for row in connection.execute(chosen))
