"""The schema by migrations equals the tables in code; PostgreSQL works like SQLite."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect

from chatbot.domain import Person
from chatbot.records.record import Asked, Records
from config.access import Clearance
from config.errors import SettingsError
from ingest.db.database import open_database
from ingest.db.metadata import METADATA
from ingest.db.registry import IndexedDocument, Registry

pytestmark = pytest.mark.integration


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    if request.param == "sqlite":
        return open_database(f"sqlite:///{tmp_path / 'd' / 'x.sqlite'}")
    return open_database(request.getfixturevalue("postgres"))


def test_migrations_make_the_tables_of_the_code(engine: Engine) -> None:
    for room in ("ingest.db", "chatbot.records", "chatbot.identity"):  # each declares its own tables
        import_module(f"{room}.tables")
    found = inspect(engine)
    assert set(found.get_table_names()) == {*METADATA.tables, "alembic_version"}
    for table in METADATA.sorted_tables:
        assert {c["name"] for c in found.get_columns(table.name)} == {c.name for c in table.columns}


def test_registry_keeps_documents_and_generations(engine: Engine) -> None:
    registry = Registry(engine)
    generation = registry.start_generation("e5", 384, "active")
    known = IndexedDocument(
        path="a.md", version="v", size=1, modified_ns=2**61, passages=3, reason={"key": "document.empty"}
    )
    registry.set_collection("c", ["/docs"])
    for _ in range(2):
        registry.put_documents(generation.name, "c", [(known, None)])
    assert registry.documents(generation.name, "c") == {"a.md": known}
    later = registry.start_generation("other", 384, "building")
    registry.activate(later.name)
    assert registry.active_generation() == later.model_copy(update={"state": "active"})
    assert registry.documents(generation.name, "c") == {}
    assert registry.everything().labels == {"c"}


def asked(question: str) -> Asked:
    return Asked(question=question, person=Person(name="Ada", clearance=Clearance(labels=frozenset())))


def test_records_tell_how_an_answer_ended(engine: Engine) -> None:
    records = Records(engine, str, "test")
    before = records.count()
    with pytest.raises(ZeroDivisionError), records.opened(asked("failed?")) as record:
        raise ZeroDivisionError

    def interrupted() -> Iterator[None]:
        with records.opened(asked("interrupted?")):
            yield

    running = interrupted()
    next(running)
    running.close()
    assert records.count() == before + 2
    assert records.state(record.id) == "failed"


def test_a_database_that_is_down_is_named_without_its_password() -> None:
    with pytest.raises(SettingsError, match=r"127\.0\.0\.1") as failure:
        open_database("postgresql://u:hush@127.0.0.1:9/x")
    assert "hush" not in str(failure.value)
