"""The history of runs: when, what became of each file, and how they ended."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import Engine, delete, select, update

from config.errors import DocumentFailed, FundstelleError
from ingest.db.tables import outcomes, runs
from ingest.documents import Frozen

Status = Literal["indexed", "moved", "unchanged", "removed", "failed", "ignored"]
_KEPT = 200  # runs
_LONGEST_PATH = 1_000
_FLUSH = 50  # outcomes written at once
# Outcomes that are only counted: of 10,000 unchanged files nobody reads the list.
_COUNTED = ("unchanged",)


class Outcome(Frozen):
    """What became of one document."""

    collection: str
    path: str
    status: Status
    passages: int = 0
    seconds: float = 0.0  # for reading it
    error: DocumentFailed | None = None

    model_config = Frozen.model_config | {"arbitrary_types_allowed": True}


class Run(Frozen):
    """One run as it is remembered. `state` is running, done, stopped or failed."""

    id: str
    collection: str
    kind: str
    state: str
    started: datetime
    ended: datetime | None
    counts: dict[str, int]
    passages: int
    reason: dict[str, Any] | None


class RunningRun:
    """A run under way: outcomes go to the database in small batches.

    Args:
        engine: of the database.
        id_: of the run.
    """

    def __init__(self, engine: Engine, id_: str) -> None:
        self._engine, self._id = engine, id_
        self._held: dict[str, Outcome] = {}
        self._counts: Counter[str] = Counter()
        self._passages = 0

    def note(self, outcome: Outcome) -> None:
        """Remember the outcome of one document."""
        self._counts[outcome.status] += 1
        if outcome.status in ("indexed", "moved"):
            self._passages += outcome.passages
        if outcome.status not in _COUNTED:
            self._held[outcome.path] = outcome
        if len(self._held) >= _FLUSH:
            self.save("running")

    def save(self, state: str, reason: dict[str, str] | None = None) -> None:
        """Write what is held, and the run's state."""
        values: dict[str, Any] = {"state": state, "counts": dict(self._counts), "passages": self._passages}
        if state != "running":
            values |= {"ended": datetime.now(UTC), "reason": reason}
        with self._engine.begin() as connection:
            connection.execute(update(runs).where(runs.c.id == self._id).values(values))
            if self._held:
                connection.execute(outcomes.insert(), [self._row(outcome) for outcome in self._held.values()])
        self._held.clear()

    def _row(self, outcome: Outcome) -> dict[str, Any]:
        row = outcome.model_dump(exclude={"error"})
        if len(outcome.path) > _LONGEST_PATH:
            digest = hashlib.sha256(outcome.path.encode()).hexdigest()[:16]
            row["path"] = f"{outcome.path[: _LONGEST_PATH - 20]}… {digest}"
        return row | {"run": self._id, "reason": outcome.error.reason() if outcome.error else None}


class History:
    """Reads and writes the history of runs.

    Args:
        engine: from `open_database`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def run(self, collection: str, kind: str) -> Iterator[RunningRun]:
        """Remember a run from here to its end, however it ends."""
        id_ = str(uuid4())
        row = {"id": id_, "collection": collection, "kind": kind, "state": "running", "started": datetime.now(UTC)}
        with self._engine.begin() as connection:
            # One run of a collection at a time: what still says "running" was killed.
            killed = update(runs).where(runs.c.collection == collection, runs.c.state == "running")
            connection.execute(killed.values(state="stopped"))
            connection.execute(runs.insert(), {**row, "counts": {}, "passages": 0})
            old = select(runs.c.id).order_by(runs.c.started.desc()).offset(_KEPT)
            gone = [row.id for row in connection.execute(old)]
            connection.execute(delete(outcomes).where(outcomes.c.run.in_(gone)))
            connection.execute(delete(runs).where(runs.c.id.in_(gone)))
        running = RunningRun(self._engine, id_)
        try:
            yield running
        except FundstelleError as error:
            running.save("failed", {"key": error.key, **{name: str(value) for name, value in error.details.items()}})
            raise
        except BaseException:  # the caller has had enough, or the terminal said so
            running.save("stopped")
            raise
        running.save("done")

    def was_completed(self, collection: str) -> bool:
        """Whether the latest run of a collection came to its end."""
        chosen = select(runs.c.state).where(runs.c.collection == collection).order_by(runs.c.started.desc())
        with self._engine.connect() as connection:
            return connection.execute(chosen).scalar() == "done"

    def runs(self, collection: str | None = None, limit: int = 50) -> list[Run]:
        """The latest runs, newest first."""
        chosen = select(runs).order_by(runs.c.started.desc()).limit(limit)
        if collection:
            chosen = chosen.where(runs.c.collection == collection)
        with self._engine.connect() as connection:
            return [Run.model_validate(dict(row._mapping)) for row in connection.execute(chosen)]

    def ignored(self, collection: str) -> list[Outcome]:
        """What the latest run of a collection passed over."""
        latest = self.runs(collection, limit=1)
        return [one for run in latest for one in self.outcomes(run.id) if one.status == "ignored"]

    def outcomes(self, run: str) -> list[Outcome]:
        """What became of each document in a run, unchanged ones left out; failures first."""
        chosen = select(outcomes).where(outcomes.c.run == run).order_by(outcomes.c.status, outcomes.c.path)
        with self._engine.connect() as connection:
            found = [
                Outcome(
                    collection=row.collection,
                    path=row.path,
                    status=row.status,
                    passages=row.passages,
                    seconds=row.seconds,
                    error=DocumentFailed.from_reason(row.reason) if row.reason else None,
                )
                for row in connection.execute(chosen)
            ]
        return sorted(found, key=lambda outcome: outcome.status != "failed")
