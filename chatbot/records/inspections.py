"""Who has read a record, and when: noted before it is shown, so that the person who asked can see it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy import Engine, select

from chatbot.records.tables import inspections, records
from ingest.db.clock import utc
from ingest.documents import Frozen

How = Literal["list", "page", "file", "terminal"]
_SAME = timedelta(hours=1)  # within which the same inspection is noted once
_AT_ONCE = 500  # records a statement


class Inspection(Frozen):
    """That somebody has read a record.

    Attributes:
        how: its question in a list, the record on its page, a file with it, or at the machine itself.
    """

    record: str
    reader: str
    at: datetime
    how: How


class Inspections:
    """Notes and lists inspections.

    Args:
        engine: from `ingest.db.database.open_database`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, of: Sequence[str], reader: str, how: How) -> None:
        """Note that somebody reads records now; the same within an hour is noted once.

        Args:
            of: ids of the records.
            reader: name of whoever reads.
            how: they are read.
        """
        now = datetime.now(UTC)
        for start in range(0, len(of), _AT_ONCE):
            part = of[start : start + _AT_ONCE]
            chosen = select(inspections.c.record).where(
                inspections.c.record.in_(part),
                inspections.c.reader == reader,
                inspections.c.how == how,
                inspections.c.at > now - _SAME,
            )
            with self._engine.begin() as connection:
                known = set(connection.execute(chosen).scalars())
                fresh = [one for one in dict.fromkeys(part) if one not in known]
                if fresh:
                    rows = [{"record": one, "reader": reader, "at": now, "how": how} for one in fresh]
                    connection.execute(inspections.insert(), rows)

    def of_person(self, names: Sequence[str]) -> list[Inspection]:
        """All inspections of a person's records, the newest first.

        Args:
            names: what the person is called in records.
        """
        chosen = (
            select(inspections).join(records, records.c.id == inspections.c.record).where(records.c.person.in_(names))
        )
        with self._engine.connect() as connection:
            return [
                Inspection(record=row.record, reader=row.reader, at=utc(row.at), how=row.how)
                for row in connection.execute(chosen.order_by(inspections.c.at.desc(), inspections.c.number.desc()))
            ]
