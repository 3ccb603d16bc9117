"""Records on SQLite and on a real PostgreSQL: one chain whoever writes, the same answers to the same searches."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete

from chatbot.audit.find import Order, Query, find
from chatbot.audit.read import read_record
from chatbot.audit.sample import moment_of_draw, sample
from chatbot.audit.statistics import statistics
from chatbot.audit.verify_chain import verify_chain
from chatbot.audit.walk import place_in_list
from chatbot.records.checkpoints import checkpoint_of
from chatbot.records.erasure import erase
from chatbot.records.record import Records
from chatbot.records.retention import apply
from chatbot.records.tables import chain_head
from chatbot.rendering.drawing_cache import DrawingCache
from config.access import ALL
from ingest.db.database import open_database
from ingest.db.metadata import METADATA
from ingest.vault import Vault
from tests.chatbot.records.filled import ask

pytestmark = pytest.mark.integration


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    if request.param == "sqlite":
        return open_database(f"sqlite:///{tmp_path / 'x.sqlite'}")
    engine = open_database(request.getfixturevalue("postgres"))
    with engine.begin() as connection:
        for table in METADATA.sorted_tables:
            if table is not chain_head:
                connection.execute(delete(table))
        connection.execute(chain_head.update().values(number=0, hash="0" * 64))
    return engine


def test_eight_threads_keep_one_chain(engine: Engine) -> None:
    def write() -> None:
        own = Records(engine, str, "test")
        for number in range(12):
            ask(own, f"Frage {number}?")

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert checkpoint_of(engine).number == 2 * 8 * 12
    assert list(verify_chain(engine, {})) == []


def test_search_statistics_feedback_erasure_and_retention(engine: Engine, tmp_path: Path) -> None:
    written = Records(engine, str, "test")
    first = ask(written, "Wie viele Urlaubstage?")
    second = ask(written, "Was kostet die Reise?", "Bob", "Reise.pdf")
    written.give_feedback(first, "Ada", "wrong", "Es sind 30.")
    written.review(second, "Carla", "accepted")
    today = datetime.now(UTC).date()
    query = Query(since=today - timedelta(1), until=today + timedelta(1), text="REISE", group="Werk Nord")
    assert [line.id for line in find(engine, query, ALL, 10).lines] == [second]
    assert len(sample(engine, Query(), ALL, 2, 7).lines) == 2
    unsigned = Query(review="none", as_of=moment_of_draw(engine))
    assert [line.id for line in sample(engine, unsigned, ALL, 9, 7).lines] == [first]
    place = place_in_list(engine, Query(), ALL, Order("person", descending=False), first)
    assert place and (place.number, place.total, place.next, place.reviewed) == (1, 2, second, 1)
    assert (hidden := statistics(engine, ALL, "en")).total == 0 and hidden.most == (), "of two people"
    for person in ("Dora", "Emil", "Frida"):
        ask(written, "Wie viele Urlaubstage?", person)
    found = statistics(engine, ALL, "en")
    assert (found.total, found.reviewed, len(found.weeks)) == (5, 1, 1)
    assert erase(engine, ["Ada"]) == 1
    assert read_record(engine, first, ALL).erased and not read_record(engine, second, ALL).erased
    later = datetime.now(UTC) + timedelta(days=9)
    assert len(apply(engine, Vault(tmp_path / "vault"), DrawingCache(tmp_path / "drawings"), 5, later).records) == 5
    assert find(engine, Query(), ALL, 10).count == 0
    assert list(verify_chain(engine, {})) == []
