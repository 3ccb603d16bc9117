"""A restore is an entry of the chain: what came after the backup is lost, and heads that know of it prove no tampering.

Believed is an entry that follows the very entry with which it says that the backup ended. It explains heads of later
entries only if they were written out between the time of that entry and its own. So nobody is accused for what a
restore has lost, and who cuts off the chain and says it was a restore, says so where every check lists it.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine, select

from chatbot.records.chain import append, digest, hold
from chatbot.records.checkpoints import Checkpoint, Checkpoints
from chatbot.records.schema import Restored
from chatbot.records.tables import entries


class Restore(NamedTuple):
    """A restore as the chain notes it.

    Attributes:
        number: of the entry.
        kind: names the sentence that says it.
        at: time of that entry.
        taken: when the backup was made.
        last: number of the last entry that was in it.
        ended: time of that last entry, or the latest one that the chain knew then.
        known: number of the newest head that was known at the restore, 0 where none was newer than the backup.
    """

    number: int
    kind: str
    at: str
    taken: str
    last: int
    ended: str
    known: int

    def explains(self, head: Checkpoint) -> bool:
        """Whether a head is one of entries that this restore has lost."""
        return head.number > self.last and self.ended <= head.at <= self.at


def restores(connection: Connection) -> list[Restore]:
    """All restores that the chain notes and that can be true, in its order."""
    found = []
    for row in connection.execute(select(entries).where(entries.c.kind == "restored").order_by(entries.c.number)):
        with suppress(ValueError, TypeError):
            said = Restored.model_validate_json(row.body)
            follows = (said.number, said.hash) == (row.number - 1, row.previous)
            if follows and digest(row.body) == row.content:
                kept = (said.taken, said.number, said.ended, said.known)
                found.append(Restore(row.number, _kind(said.known), row.at, *kept))
    return found


def still_held(known: Checkpoints, noted: Sequence[Restore]) -> Checkpoints:
    """The heads but those of entries that restores have lost."""
    heads = tuple(head for head in known.heads if not any(restore.explains(head) for restore in noted))
    return known._replace(heads=heads)


def note_restore(engine: Engine, taken: str, ended: str, known: Checkpoints) -> Restore:
    """Add the entry of a restore to the chain, dated no earlier than the newest head that is known.

    Args:
        engine: of the database as it was restored.
        taken: when the backup was made.
        ended: the latest time that the chain knew then.
        known: heads that were written out, in the backup or since.
    """
    newest = max((head.at for head in known.heads), default="")
    now = max(datetime.now(UTC), datetime.fromisoformat(newest)) if newest else datetime.now(UTC)
    with engine.begin() as connection:
        end = hold(connection)
        last, top = end.number - 1, max((head.number for head in known.heads), default=0)
        lost = top if top > last else 0
        body = Restored(taken=taken, number=last, hash=end.hash, ended=ended, known=lost)
        after = append(connection, "restored", "", now, body.model_dump(mode="json"), end=end)
    return Restore(after.number - 1, _kind(lost), after.at, taken, last, ended, lost)


def _kind(known: int) -> str:
    return "restored_known" if known else "restored"
