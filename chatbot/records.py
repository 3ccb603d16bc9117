"""Every question leaves a record, opened before retrieval and sealed after verification."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Engine, func, select, update

from chatbot.types import Answer
from ingest.database import records


class OpenRecord:
    """The record of a question that is being answered."""

    def __init__(self, engine: Engine, identity: str, opened: datetime) -> None:
        self._engine, self.id, self.opened = engine, identity, opened
        self.sealed = False

    def seal(self, answer: Answer) -> None:
        """Write the outcome."""
        self._close("answered" if answer.answerable else "refused", answer)
        self.sealed = True

    def interrupted(self, state: str) -> None:
        self._close(state, None)

    def _close(self, state: str, answer: Answer | None) -> None:
        values = {"state": state, "sealed": datetime.now(UTC)}
        if answer is not None:
            values |= {
                "engine": answer.engine,
                "model": answer.model,
                "generation": answer.generation,
                "body": answer.model_dump(mode="json"),
            }
        with self._engine.begin() as connection:
            connection.execute(update(records).where(records.c.id == self.id).values(**values))


class Records:
    """The table of records.

    Args:
        engine: from `ingest.database.open_database`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def opened(self, question: str) -> Iterator[OpenRecord]:
        """A record for the duration of an answer; leaving without sealing marks it as interrupted or failed."""
        record = OpenRecord(self._engine, str(uuid4()), datetime.now(UTC))
        with self._engine.begin() as connection:
            connection.execute(
                records.insert(),
                {"id": record.id, "opened": record.opened, "state": "open", "question": question},
            )
        try:
            yield record
        except (GeneratorExit, KeyboardInterrupt):
            if not record.sealed:
                record.interrupted("interrupted")
            raise
        except BaseException:
            if not record.sealed:
                record.interrupted("failed")
            raise

    def answer(self, identity: str) -> Answer | None:
        """A sealed answer by its record's id."""
        with self._engine.connect() as connection:
            row = connection.execute(select(records.c.body).where(records.c.id == identity)).first()
        return Answer.model_validate(row.body) if row and row.body else None

    def state(self, identity: str) -> str | None:
        """How a question ended: open, answered, refused, interrupted or failed."""
        with self._engine.connect() as connection:
            return connection.execute(select(records.c.state).where(records.c.id == identity)).scalar()

    def count(self) -> int:
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(records)).scalar_one()
