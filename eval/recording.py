"""What recording costs an answer, and how long a walk of a long chain takes: `python -m eval.recording 1000000`."""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, insert, select, update

from chatbot.answering.pipeline import answer
from chatbot.audit.verify_chain import verify_chain
from chatbot.bootstrap import Services, bootstrap
from chatbot.records.chain import START, Entry, timestamp
from chatbot.records.record import Records
from chatbot.records.tables import chain_head, entries, personal, record_documents, records
from config import environment
from config.settings import load_settings
from eval.corpus import apart_in
from eval.questions import load_questions
from ingest.db.database import open_database
from ingest.sync.pipeline import ingest

EXAMPLES = Path(__file__).parents[1] / "examples"
_AT_ONCE = 2_000  # records written in one transaction


class TimedRecords(Records):
    """Records that note how long each answer waits for them.

    Attributes:
        seconds: of each record, to open and to seal it.
    """

    seconds: list[float]

    def _open(self, asked: Any) -> Any:
        start = time.perf_counter()
        opened = super()._open(asked)
        self.seconds.append(time.perf_counter() - start)
        return opened

    def close(self, *sealing: Any) -> None:
        start = time.perf_counter()
        super().close(*sealing)
        self.seconds[-1] += time.perf_counter() - start


def recording_seconds(services: Services) -> tuple[float, float]:
    """Median seconds that recording takes of an answer, and that the answer takes, without a model.

    Args:
        services: over the examples.
    """
    timed = TimedRecords(services.database, str, "bench")
    timed.seconds = []
    parts = services.answering()._replace(records=timed, engines=services.engines[-1:])
    whole = []
    for question in load_questions(EXAMPLES / "questions.jsonl").questions:
        start = time.perf_counter()
        list(answer(question.question, [], services.people.local_person(), parts))
        whole.append(time.perf_counter() - start)
    return statistics.median(timed.seconds), statistics.median(whole)


def walk_seconds(services: Services, folder: Path, count: int) -> float:
    """Seconds to walk a chain of many records, each a copy of one real record under a number of its own.

    Args:
        services: with at least one answered question.
        folder: for the database.
        count: records.

    Raises:
        ValueError: the chain that was written does not hold.
    """
    engine = open_database(f"sqlite:///{folder / 'many.sqlite'}")
    _write_copies(services.database, engine, count)
    start = time.perf_counter()
    if broken := next(verify_chain(engine, {}), None):
        raise ValueError(f"the chain does not hold: {broken}")
    seconds = time.perf_counter() - start
    engine.dispose()
    return seconds


def _write_copies(source: Engine, target: Engine, count: int) -> None:
    with source.connect() as connection:
        identity = connection.execute(select(records.c.id).where(records.c.state == "answered")).scalars().first()
        kinds = {}
        for table in (entries, personal, records, record_documents):
            of_this = table.c.id if table is records else table.c.record
            kinds[table] = [dict(row._mapping) for row in connection.execute(select(table).where(of_this == identity))]
    rows = _copies(kinds, count)
    while batch := list(islice(rows, _AT_ONCE)):
        with target.begin() as connection:
            for table in kinds:
                connection.execute(insert(table), [row for copy in batch for row in copy[table]])
            last = batch[-1][entries][-1]
            connection.execute(update(chain_head).values(number=last["number"], hash=last["hash"], at=last["at"]))


def _copies(kinds: dict[Any, list[dict[str, Any]]], count: int) -> Iterator[dict[Any, list[dict[str, Any]]]]:
    previous, now = START, datetime.now(UTC)
    at = timestamp(now)
    for number in range(count):
        record = str(UUID(int=number))
        copy: dict[Any, list[dict[str, Any]]] = {entries: [], personal: []}
        for offset, (row, said) in enumerate(zip(kinds[entries], kinds[personal], strict=True), start=1):
            place = number * len(kinds[entries]) + offset
            link = Entry(place, row["kind"], record, at, row["content"], row["personal"], previous)
            previous = link.hash()
            copy[entries].append({**link._asdict(), "body": row["body"], "hash": previous})
            copy[personal].append({**said, "number": place, "record": record})
        copy[records] = [{**row, "id": record, "opened": now, "sealed": now} for row in kinds[records]]
        copy[record_documents] = [{**row, "record": record} for row in kinds[record_documents]]
        yield copy


def main() -> None:
    """Print both figures; the argument is the number of records to walk."""
    environment.prepare()
    count = int(sys.argv[1]) if sys.argv[1:] else 20_000
    settings = load_settings()
    with tempfile.TemporaryDirectory() as folder:
        apart = settings.model_copy(update=apart_in(settings, Path(folder) / "data"))
        with bootstrap(apart) as services:
            list(ingest([EXAMPLES], "examples", services.ingestion()))
            recording, whole = recording_seconds(services)
            print(
                f"recording: {recording * 1000:.2f} ms of an answer of {whole * 1000:.0f} ms without a model (medians)"
            )
            seconds = walk_seconds(services, Path(folder), count)
            print(f"walk: {count} records in {seconds:.1f} s, {count / seconds:.0f} a second")


if __name__ == "__main__":
    main()
